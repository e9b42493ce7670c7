"""The toolboxes of the cities: guides of best practices now; manuals, trainings and research as they come."""
