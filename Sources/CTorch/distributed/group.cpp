// Groups of processes: meeting at a store, exchanging tensors, leaving.
#include "group.h"

#include <c10/util/Logging.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <algorithm>
#include <cstring>
#include <future>
#include <thread>

using namespace ctorch;

namespace {

Milliseconds milliseconds(double seconds) {
    return Milliseconds(static_cast<int64_t>(std::clamp(seconds, 0.001, 1e7) * 1000));
}

// What the store has under a name. Where its machine went silent, as after a cut cable, a thread of its own waits for
// the answer for ever, and the group asks no more.
std::vector<uint8_t> taken(ctorch_group_object &group, const char *name, Milliseconds limit) {
    TORCH_CHECK(!group.is_silent, "the store does not answer");
    auto promise = std::make_shared<std::promise<std::vector<uint8_t>>>();
    auto answer = promise->get_future();
    std::thread([promise, store = group.store, name = std::string(name), limit] {
        try {
            store->wait({name}, limit);
            promise->set_value(store->get(name));
        } catch (...) {
            promise->set_exception(std::current_exception());
        }
    }).detach();
    group.is_silent = answer.wait_for(limit + Milliseconds(3000)) != std::future_status::ready;
    TORCH_CHECK(!group.is_silent, "the store does not answer");
    return answer.get();
}

}  // namespace

void ctorch::finish(ctorch_group_object &group, const c10::intrusive_ptr<c10d::Work> &work) {
    auto begun = std::chrono::steady_clock::now();
    TORCH_CHECK(work->wait(group.timeout), "the exchange was given up");
    group.waited += std::chrono::steady_clock::now() - begun;
}

c10::intrusive_ptr<c10d::Work> ctorch::begin_sum(ctorch_group_object &group, at::Tensor tensor) {
    std::vector<at::Tensor> list{std::move(tensor)};
    c10d::AllreduceOptions options;
    options.timeout = group.timeout;
    return group.backend->allreduce(list, options);
}

bool ctorch_group_has(ctorch_transport transport) {
    return transport == CTORCH_NCCL ? has_nccl() : has_gloo();
}

int ctorch_group_open(const ctorch_group_place *place, ctorch_group *result) {
    return guarded([&] {
        // What fails is returned as an error; libtorch would print it, too, with the addresses of functions.
        FLAGS_caffe2_log_level = 3;
        auto timeout = milliseconds(place->timeout);
        c10d::TCPStoreOptions options;
        options.port = static_cast<uint16_t>(place->port);
        options.isServer = place->keeps_store;
        options.waitWorkers = false;
        // Who is not there after ten minutes does not come.
        options.timeout = std::min(timeout, Milliseconds(600'000));
        c10::intrusive_ptr<c10d::Store> store = c10::make_intrusive<c10d::TCPStore>(
            place->host, options);
        if (place->prefix[0] != 0) {
            store = c10::make_intrusive<c10d::PrefixStore>(place->prefix, store);
        }
        auto backend = place->transport == CTORCH_NCCL ? open_nccl(store, *place, timeout)
                                                       : open_gloo(store, *place, timeout);
        *result = new ctorch_group_object{store,       backend,      timeout,
                                          place->rank, place->count, std::string()};
    });
}

void ctorch_group_close(ctorch_group group) {
    guarded([&] { delete group; });
}

int ctorch_group_abort(ctorch_group group) {
    return guarded([&] {
        // Gloo has no abort of its own: without its connections every exchange fails on both sides.
        group->backend->abort();
        group->backend.reset();
    });
}

int ctorch_group_put(ctorch_group group, const char *name, const void *bytes, size_t length) {
    return guarded([&] {
        TORCH_CHECK(!group->is_silent, "the store does not answer");
        auto first = static_cast<const uint8_t *>(bytes);
        group->store->set(name, std::vector<uint8_t>(first, first + length));
    });
}

int ctorch_group_take(
    ctorch_group group, const char *name, double seconds, void *bytes, size_t capacity,
    size_t *length) {
    return guarded([&] {
        auto value = taken(*group, name, milliseconds(seconds));
        *length = value.size();
        if (!value.empty()) std::memcpy(bytes, value.data(), std::min(capacity, value.size()));
    });
}

int ctorch_group_sum(
    ctorch_group group, const ctorch_tensor *tensors, int32_t count, ctorch_work *result) {
    return guarded([&] {
        TORCH_CHECK(group->backend, "the group was left");
        at::NoGradGuard none;
        auto work = std::make_unique<ctorch_work_object>();
        work->group = group;
        std::vector<at::Tensor> parts;
        for (int32_t i = 0; i < count; i++) {
            auto tensor = unwrap(tensors[i]).detach();
            // Elements as they lie in memory: every process lays its tensors out in the same way.
            if (!tensor.is_non_overlapping_and_dense()) tensor = tensor.contiguous();
            work->sizes.push_back(tensor.sizes().vec());
            work->strides.push_back(tensor.strides().vec());
            parts.push_back(tensor.as_strided({tensor.numel()}, {1}));
        }
        work->flat = at::cat(parts);
        work->work = begin_sum(*group, work->flat);
        *result = work.release();
    });
}

int ctorch_work_sums(ctorch_work work, ctorch_tensor *results) {
    std::unique_ptr<ctorch_work_object> owned(work);
    return guarded([&] {
        at::NoGradGuard none;
        finish(*owned->group, owned->work);
        int64_t start = 0;
        for (size_t i = 0; i < owned->sizes.size(); i++) {
            int64_t count = c10::multiply_integers(owned->sizes[i]);
            auto part = owned->flat.narrow(0, start, count);
            results[i] = wrap(
                part.as_strided(owned->sizes[i], owned->strides[i], part.storage_offset()));
            start += count;
        }
    });
}

void ctorch_work_release(ctorch_work work) { delete work; }

int ctorch_group_broadcast(ctorch_group group, ctorch_tensor tensor, int32_t root) {
    return guarded([&] {
        TORCH_CHECK(group->backend, "the group was left");
        at::NoGradGuard none;
        auto target = unwrap(tensor).detach();
        std::vector<at::Tensor> list{target.contiguous()};
        c10d::BroadcastOptions options;
        options.rootRank = root;
        options.timeout = group->timeout;
        finish(*group, group->backend->broadcast(list, options));
        if (!list[0].is_same(target)) target.copy_(list[0]);
    });
}

int ctorch_group_gather(ctorch_group group, ctorch_tensor tensor, ctorch_tensor *results) {
    return guarded([&] {
        TORCH_CHECK(group->backend, "the group was left");
        at::NoGradGuard none;
        std::vector<at::Tensor> own{unwrap(tensor).detach().contiguous()};
        std::vector<std::vector<at::Tensor>> all(1);
        for (int i = 0; i < group->count; i++) all[0].push_back(at::empty_like(own[0]));
        c10d::AllgatherOptions options;
        options.timeout = group->timeout;
        finish(*group, group->backend->allgather(all, own, options));
        for (int i = 0; i < group->count; i++) results[i] = wrap(all[0][i]);
    });
}

int ctorch_group_barrier(ctorch_group group) {
    return guarded([&] {
        TORCH_CHECK(group->backend, "the group was left");
        finish(*group, begin_sum(*group, at::zeros({1})));
    });
}

double ctorch_group_waited(ctorch_group group) { return group->waited.count(); }
