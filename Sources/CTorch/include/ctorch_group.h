// Groups of processes that compute together: part of the C boundary to libtorch, with its rules.
#pragma once

#include "ctorch.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ctorch_group_object *ctorch_group;
typedef struct ctorch_work_object *ctorch_work;

// What moves the bytes.
typedef enum { CTORCH_GLOO = 0, CTORCH_NCCL = 1 } ctorch_transport;

// Where a process of a group stands, and how it finds the others.
typedef struct {
    ctorch_transport transport;
    // Where the store is that all processes meet at.
    const char *host;
    int32_t port;
    // Whether this process keeps the store, rather than another or a launcher.
    bool keeps_store;
    // Before every key in the store; empty for nothing.
    const char *prefix;
    // The address or the interface that this process is reached at; both empty for the address on the
    // way to the host.
    const char *address;
    const char *interface;
    int32_t rank;
    int32_t count;
    // Seconds that the others are waited for, at first and in each exchange.
    double timeout;
} ctorch_group_place;

// Whether this build has that transport.
bool ctorch_group_has(ctorch_transport transport);
// Meets the other processes; returns when all are there.
int ctorch_group_open(const ctorch_group_place *place, ctorch_group *result);
// Leaves the others. What still runs is given up.
void ctorch_group_close(ctorch_group group);
// Has those who wait for this process see that it left: every exchange of the group fails.
int ctorch_group_abort(ctorch_group group);

// The store: small values under names, for all processes of the group.
int ctorch_group_put(ctorch_group group, const char *name, const void *bytes, size_t length);
// Waits so many seconds for a name and copies at most `capacity` bytes; `length` has how many there are.
int ctorch_group_take(
    ctorch_group group, const char *name, double seconds, void *bytes, size_t capacity,
    size_t *length);

// Starts to replace each tensor by its sum over all processes. They travel together, so all have one
// type and device; what they hold until the wait is not defined. No record is kept of it.
int ctorch_group_sum(
    ctorch_group group, const ctorch_tensor *tensors, int32_t count, ctorch_work *result);
// Waits for the sums and gives them, each laid out as its tensor was; the work is over then.
int ctorch_work_sums(ctorch_work work, ctorch_tensor *results);
// Forgets a work that nobody waits for.
void ctorch_work_release(ctorch_work work);

// Copies a tensor's elements from one process to all others, in place.
int ctorch_group_broadcast(ctorch_group group, ctorch_tensor tensor, int32_t root);
// Each process's tensor, in their order; all of one shape and type.
int ctorch_group_gather(ctorch_group group, ctorch_tensor tensor, ctorch_tensor *results);
// Waits until all processes are here.
int ctorch_group_barrier(ctorch_group group);

// The sum over all processes, with a record: the derivative of it is the sum of theirs. Never fails:
// where an exchange did, `ctorch_group_failure` has the reason, and a process's own numbers come out.
int ctorch_group_shared_sum(ctorch_group group, ctorch_tensor tensor, ctorch_tensor *result);
// Seconds that this process has waited for exchanges.
double ctorch_group_waited(ctorch_group group);
// Why an exchange with a record failed; empty while none did.
const char *ctorch_group_failure(ctorch_group group);

#ifdef __cplusplus
}
#endif
