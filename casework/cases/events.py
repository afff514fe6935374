"""What happens to the people of cases."""

# stream "absences"; payload: absence, first_day, last_day, substitute
ABSENCE_STREAM = "absences"
ABSENCE_ENTERED, ABSENCE_ENDED, ABSENCE_WITHDRAWN = "absence.entered", "absence.ended", "absence.withdrawn"

# stream "assignment"; payload: order_id
ASSIGNMENT_STREAM = "assignment"
AUTOMATIC_ON, AUTOMATIC_OFF = "assignment.automatic_on", "assignment.automatic_off"
