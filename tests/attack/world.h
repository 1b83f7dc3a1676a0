/* For the files that start children: a child that is written down is ended with the harness. */
#ifndef ATTACK_WORLD_H
#define ATTACK_WORLD_H

#include <stdbool.h>
#include <sys/types.h>

void world_child(pid_t pid, bool running);

#endif
