// Answers of the command that are the same each time: help, the version.
//
// Half of the time of such an answer goes into loading what draws and trains. So an answer is kept in a file of the user's
// cache, and the next call with the same words gives it before any library begins.

#ifndef CSTART_H
#define CSTART_H

/// Where the answer to this call is kept; empty where it is no question of that kind, or nothing can be kept.
const char *cstart_answer_path(void);

#endif
