import Foundation
import HTTPTypes
import Studio
import Testing

/// Jobs on their way through store, queue and worker, asked for by routes in memory.
@Suite(.serialized) struct JobQueueTests {
    /// A job is drawn, its picture is in the gallery and its file is what the worker wrote.
    @Test func aJobBecomesAPicture() async throws {
        struct Gallery: Decodable {
            struct Picture: Decodable { var id: String, prompt: String, width: Int }
            var pictures: [Picture]
        }
        try await WorkingStudio().run { client in
            let job = try await client.ended(client.add("a cat").id)
            #expect(job.state == "done" && job.pictures.count == 1 && job.error == nil)
            let reply = try await client.ask(.get, "/api/pictures")
            let pictures = try JSONDecoder().decode(Gallery.self, from: reply.body).pictures
            #expect(pictures.map(\.id) == job.pictures)
            #expect(pictures.first?.prompt == "a cat" && pictures.first?.width == 64)
            let file = try await client.ask(.get, "/api/pictures/\(job.pictures[0])/file")
            #expect(file.body == Data("a picture".utf8))
        }
    }

    /// A worker that ends takes its job along and no other.
    @Test func aWorkerThatEndsFailsOneJob() async throws {
        try await WorkingStudio().run { client in
            let (dead, next) = (try await client.add("die"), try await client.add("a cat"))
            let failed = try await client.ended(dead.id)
            #expect(failed.state == "failed" && failed.error?.code == "worker_ended")
            #expect(try await client.ended(next.id).state == "done")
        }
    }

    @Test func aRefusalIsTold() async throws {
        try await WorkingStudio().run { client in
            let job = try await client.ended(client.add("fail").id)
            #expect(job.state == "failed")
            #expect(job.error == .init(message: "no such thing", code: "invalid_value"))
        }
    }

    /// A request that is sent twice is done once; the same key for another is refused.
    @Test func aKeyMakesARequestOne() async throws {
        let key = try HTTPField.Name.named("Idempotency-Key")
        try await WorkingStudio().run { client in
            let first = try await client.add("a cat", headers: [key: "k"])
            let again = try await client.add("a cat", headers: [key: "k"])
            #expect(first.id == again.id)
            let other = try await client.ask(
                .post,
                "/api/jobs",
                #"{"prompt":"a dog","count":1}"#,
                headers: [key: "k"]
            )
            #expect((400..<500).contains(other.status))
        }
    }

    /// While the queue is paused jobs wait; they can be put in another order, taken back, and go on after.
    @Test func aPausedQueueHoldsItsJobs() async throws {
        try await WorkingStudio().run { client in
            #expect(try await client.ask(.patch, "/api/queue", #"{"paused":true}"#).status < 300)
            let jobs = [
                try await client.add("one"), try await client.add("two"),
                try await client.add("three"),
            ]
            try await Task.sleep(for: .milliseconds(200))
            for (place, job) in jobs.enumerated() {
                let seen = try await client.job(job.id)
                #expect(seen.state == "queued" && seen.position == place + 1)
            }
            #expect(try await client.ask(.delete, "/api/jobs/\(jobs[1].id)").status < 300)
            #expect(try await client.ended(jobs[1].id).state == "cancelled")
            #expect(try await client.ask(.patch, "/api/queue", #"{"paused":false}"#).status < 300)
            #expect(try await client.ended(jobs[0].id).state == "done")
            #expect(try await client.ended(jobs[2].id).state == "done")
        }
    }

    /// No more wait for one asker than may.
    @Test func aFullQueueSaysSo() async throws {
        try await WorkingStudio { $0.capacity = 2 }.run { client in
            #expect(try await client.ask(.patch, "/api/queue", #"{"paused":true}"#).status < 300)
            _ = (try await client.add("one"), try await client.add("two"))
            let more = try await client.ask(.post, "/api/jobs", #"{"prompt":"three","count":1}"#)
            #expect(more.status == 429)
            #expect(String(decoding: more.body, as: UTF8.self).contains("2"))
        }
    }

    /// What goes first goes first, whatever came before it.
    @Test func whatIsUrgentGoesFirst() async throws {
        try await WorkingStudio().run { client in
            let slow = try await client.add("slow")
            let (usual, fast) = (
                try await client.add("usual"), try await client.add("quick --turbo")
            )
            #expect(try await client.ended(slow.id).state == "done")
            let done = try await client.ended(usual.id)
            #expect(done.state == "done")
            #expect(try await client.job(fast.id).state == "done")
            #expect(try await finished(fast.id, client) <= finished(done.id, client))
        }
    }

    private func finished(_ id: String, _ client: JobClient) async throws -> Double {
        struct Ended: Decodable { var finished: Double }
        let reply = try await client.ask(.get, "/api/jobs/\(id)")
        return try JSONDecoder().decode(Ended.self, from: reply.body).finished
    }

    /// A studio that was ended in the middle of a job does it in its next life.
    @Test func theNextLifeGoesOn() async throws {
        let studio = try WorkingStudio()
        var left = ""
        try await studio.run { client in
            let job = try await client.add("slow")
            left = job.id
            for _ in 0..<100 where try await client.job(job.id).state == "queued" {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        try await studio.run { client in
            let job = try await client.ended(left)
            #expect(job.state == "done")
        }
    }

    /// Pictures are liked, put into folders, thrown away and taken back; the gallery finds them by that.
    @Test func picturesAreFoundByWhatIsSaidOfThem() async throws {
        struct Gallery: Decodable {
            struct Picture: Decodable { var id: String }
            var pictures: [Picture]
        }
        struct Folder: Decodable { var id: String }
        try await WorkingStudio().run { client in
            let cat = try await client.ended(client.add("a cat").id).pictures[0]
            let dog = try await client.ended(client.add("a dog").id).pictures[0]
            func found(_ query: String) async throws -> Set<String> {
                let reply = try await client.ask(.get, "/api/pictures?\(query)")
                let gallery = try JSONDecoder().decode(Gallery.self, from: reply.body)
                return Set(gallery.pictures.map(\.id))
            }
            #expect(try await found("") == [cat, dog])
            #expect(try await found("q=dog") == [dog])
            #expect(
                try await client.ask(.patch, "/api/pictures/\(cat)", #"{"liked":true}"#).status
                    < 300
            )
            #expect(try await found("liked=1") == [cat])
            let made = try await client.ask(.post, "/api/folders", #"{"name":"pets"}"#)
            let folder = try JSONDecoder().decode(Folder.self, from: made.body).id
            let moved = try await client.ask(
                .patch,
                "/api/pictures/\(dog)",
                #"{"folder":"\#(folder)"}"#
            )
            #expect(moved.status < 300)
            #expect(try await found("folder=\(folder)") == [dog])
        }
    }
}
