"""The console's way to reports of unexpected errors."""

from pushtui.reports import Report as Report
from pushtui.reports import write_report as write_report
