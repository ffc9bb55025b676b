"""The Textual application. Screens show what services know; they hold no logic of their own."""
