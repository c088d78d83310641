-- Whose words a line holds is a fact beside its sender: the app's, a person's, or not decided. What was read before that
-- was looked at is not decided, so no line counts any longer as written by the app for having been called one. The fact
-- itself lies sealed with the rest of a record; the kind says only what the line counts as. Counted anew by the program.
update unwatched.record set kind = 'unsettled' where kind = 'system';
delete from unwatched.line_reckoning;
