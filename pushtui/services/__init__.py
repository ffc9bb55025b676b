"""The service layer: all that the console and the command line may call."""
