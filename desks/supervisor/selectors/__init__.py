"""What the dashboards show: board.py (all numbers of the page), lists.py (the cases behind them), calendar.py."""
