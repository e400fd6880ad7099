// What a group of processes is made of.
#pragma once

#include "../guard.h"
#include "ctorch_group.h"

#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include <chrono>
#include <string>
#include <vector>

struct ctorch_group_object {
    c10::intrusive_ptr<c10d::Store> store;
    c10::intrusive_ptr<c10d::Backend> backend;
    std::chrono::milliseconds timeout;
    int rank;
    int count;
    std::string failure;
    // Whether the store was asked and did not answer.
    bool is_silent = false;
    // How long exchanges were waited for.
    std::chrono::duration<double> waited{0};
};

struct ctorch_work_object {
    ctorch_group group;
    c10::intrusive_ptr<c10d::Work> work;
    at::Tensor flat;
    // What the tensors were laid out like.
    std::vector<std::vector<int64_t>> sizes;
    std::vector<std::vector<int64_t>> strides;
};

namespace ctorch {

using Milliseconds = std::chrono::milliseconds;

// Waits for an exchange of a group; one that was given up is an error, too.
void finish(ctorch_group_object &group, const c10::intrusive_ptr<c10d::Work> &work);

// Starts a sum over all processes, in place.
c10::intrusive_ptr<c10d::Work> begin_sum(ctorch_group_object &group, at::Tensor tensor);

// The transports that this build has; an error that says so where it lacks one.
bool has_gloo();
bool has_nccl();
c10::intrusive_ptr<c10d::Backend> open_gloo(
    const c10::intrusive_ptr<c10d::Store> &store, const ctorch_group_place &place,
    Milliseconds timeout);
c10::intrusive_ptr<c10d::Backend> open_nccl(
    const c10::intrusive_ptr<c10d::Store> &store, const ctorch_group_place &place,
    Milliseconds timeout);

}  // namespace ctorch
