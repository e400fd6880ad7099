import Foundation
import Requests
import TestSupport
import Testing

/// Lines between a studio and its workers.
@Suite struct WorkerOrderTests {
    /// Lines that the first version of them wrote.
    private func earlier() throws -> [WorkerOrder] {
        let file = repositoryRoot.appending(path: "Tests/Fixtures/worker-lines-1.jsonl")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        return try lines.map { try JSONDecoder().decode(WorkerOrder.self, from: Data($0.utf8)) }
    }

    @Test func earlierLinesAreRead() throws {
        let orders = try earlier()
        var tasks: [PictureTask] = []
        var questions: [WorkerQuestion] = []
        for order in orders {
            switch order.task {
            case .pictures(let request, let folder):
                tasks.append(request.task)
                #expect(folder == "/f" && request.seed == .max)
                try request.validate(.worker)
            case .answer(let question, _): questions.append(question)
            }
        }
        var place = Exploration()
        (place.x, place.y, place.psi, place.noise) = (-0.5, 0.25, 0.7, 12)
        place.layers = [0: 3, 17: 4_294_967_295]
        #expect(
            tasks == [
                .imagine, .imagine, .vary(.subtle), .vary(.strong), .inpaint,
                .outpaint(.pixels(Sides(left: 32, bottom: 5))), .outpaint(.zoom(1.5)),
                .blend(weights: []), .explore(place), .upscale(times: 4), .restore,
            ]
        )
        #expect(
            questions == [
                .read("{red, green} apple"), .inspect, .describe("/a.png"),
                .shorten("a very red apple"),
            ]
        )
        guard case .pictures(let first, _) = orders[0].task else { return }
        #expect(first.indices == 4..<7 && first.previews == 3 && first.size == 256)
        #expect(first.prompt?.typed == "a red apple --chaos 20" && first.isLenient)
        #expect(first.model == "/m.safetensors")
    }

    @Test func earlierLinesThatSayNothingSensibleAreRefused() {
        func field(_ line: String) -> String? {
            do {
                _ = try JSONDecoder().decode(WorkerOrder.self, from: Data(line.utf8))
                return nil
            } catch {
                return (error as? RequestProblem)?.field ?? "\(type(of: error))"
            }
        }
        #expect(field(#"{"id":"a","task":"imagine","indices":[0,2]}"#) == "indices")
        #expect(field(#"{"id":"a","task":"imagine","indices":[]}"#) == "indices")
        #expect(field(#"{"id":"a","task":"imagine","indices":[-1]}"#) == "indices")
        #expect(field(#"{"id":"a","task":"imagine","indices":[9223372036854775807]}"#) == "indices")
        #expect(field(#"{"id":"a","task":"imagine","indices":[0],"numbers":{"x":1}}"#) == "numbers")
        #expect(field(#"{"id":"a","task":"fly"}"#) == "DecodingError")
    }

    @Test func questionsAreTheSameAfterTheyWereWritten() throws {
        for question: WorkerQuestion in [
            .read("{a, b}"), .inspect, .describe("/a.png"), .shorten("a cat"),
            .transcribe("/a.wav"),
        ] {
            for model in [nil, "/m.safetensors"] {
                let order = WorkerOrder(question, id: "q", model: model)
                let line = try JSONEncoder().encode(order)
                #expect(try JSONDecoder().decode(WorkerOrder.self, from: line) == order)
            }
        }
    }
}
