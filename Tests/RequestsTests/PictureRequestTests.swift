import Foundation
import Prompts
import Requests
import Settings
import TestSupport
import Testing

/// What is asked for when pictures are to be made.
@Suite struct PictureRequestTests {
    /// A task of each name, with numbers drawn by chance.
    private func task(_ name: PictureTask.Name, _ chance: inout SeededChance) -> PictureTask {
        func number(_ range: ClosedRange<Int>) -> Double {
            Double(Int.random(in: range, using: &chance))
        }
        switch name {
        case .imagine: return .imagine
        case .inpaint: return .inpaint
        case .tile: return .tile
        case .wang: return .wang
        case .restore: return .restore
        case .translate: return .translate(backwards: number(0...1) == 1)
        case .cubeMap:
            return .cubeMap(
                side: Int.random(in: 0...1, using: &chance) == 0
                    ? nil : Int.random(in: Limits.cubeSide, using: &chance),
                edges: CubeEdges.allCases.randomElement(using: &chance) ?? .inside
            )
        case .material:
            return .material(
                strength: number(0...16) / 4,
                convention: NormalConvention.allCases.randomElement(using: &chance) ?? .opengl,
                high: TextureHeights.allCases.randomElement(using: &chance) ?? .light
            )
        case .style:
            return .style(
                PictureStyle.allCases.randomElement(using: &chance) ?? .oil,
                strength: number(0...8) / 8
            )
        case .vary: return .vary(Int.random(in: 0...1, using: &chance) == 0 ? .subtle : .strong)
        case .project: return .project(steps: Int.random(in: Limits.steps, using: &chance))
        case .upscale: return .upscale(times: 2 * Int.random(in: 1...2, using: &chance))
        case .blend:
            return .blend(
                weights: (0..<Int.random(in: 0...5, using: &chance)).map { _ in number(1...1000) / 8
                }
            )
        case .explore:
            var place = Exploration()
            (place.x, place.y) = (number(-8...8) / 8, number(-8...8) / 8)
            if Int.random(in: 0...1, using: &chance) == 0 { place.psi = number(0...16) / 8 }
            if Int.random(in: 0...1, using: &chance) == 0 {
                place.noise = UInt64(number(Limits.key))
            }
            for _ in 0..<Int.random(in: 0...3, using: &chance) {
                place.layers[Int.random(in: 0...63, using: &chance)] = UInt64(number(Limits.key))
            }
            return .explore(place)
        case .outpaint:
            switch Int.random(in: 0...3, using: &chance) {
            case 0: return .outpaint(.zoom(1 + number(1...8) / 8))
            case 1:
                return .outpaint(.aspect(width: Int.random(in: 1...16, using: &chance), height: 9))
            case 2: return .outpaint(.shares(Sides(left: number(1...64) / 8, top: number(0...8))))
            default:
                return .outpaint(
                    .pixels(Sides(right: Int.random(in: 1...4096, using: &chance), bottom: 3))
                )
            }
        }
    }

    @Test(
        "every request is the same after it was written and read",
        arguments: 1...40 as ClosedRange<UInt64>
    )
    func roundTrip(seed: UInt64) throws {
        var chance = SeededChance(seed)
        let prompts = ["", "a red apple --chaos 20 --no leaf", "红苹果::2 dog::0.5 --ar 3:2", "{"]
        for name in PictureTask.Name.allCases {
            let typed = prompts[Int.random(in: 0...2, using: &chance)]
            var request = PictureRequest(
                task(name, &chance),
                try PictureRequest.prompt(typed),
                seed: seed &* 0x9E37_79B9_7F4A_7C15,
                first: Int.random(in: 0...1000, using: &chance),
                count: Int.random(in: 1...9, using: &chance),
                pictures: (0..<Int.random(in: 0...3, using: &chance)).map { "/p/\($0).png" }
            )
            if Int.random(in: 0...1, using: &chance) == 0 { request.mask = "/m.png" }
            if Int.random(in: 0...1, using: &chance) == 0 {
                request.region = Region(left: 1, top: 2, width: 3, height: 4)
            }
            if Int.random(in: 0...1, using: &chance) == 0 { request.sampling.guidance = 2.5 }
            if Int.random(in: 0...1, using: &chance) == 0 { request.size = 256 }
            if Int.random(in: 0...1, using: &chance) == 0 {
                var layout = PageLayout(
                    width: Int.random(in: 16...8192, using: &chance),
                    height: 600
                )
                layout.text = typed
                layout.place = PageLayout.Place.allCases.randomElement(using: &chance) ?? .over
                layout.background = PictureColor(red: 1, green: UInt8(seed), blue: 3)
                layout.bleed = Int.random(in: 0...9, using: &chance)
                request.layout = layout
            }
            (request.previews, request.isLenient) = (
                Int.random(in: 0...8, using: &chance), seed % 2 == 0
            )
            let written = try JSONEncoder().encode(request)
            #expect(try JSONDecoder().decode(PictureRequest.self, from: written) == request)
            let order = WorkerOrder(request, id: "a", folder: "/f")
            let line = try JSONEncoder().encode(order)
            #expect(try JSONDecoder().decode(WorkerOrder.self, from: line) == order)
        }
    }

    /// The field that is refused; nothing where all is well.
    private func refused(
        _ task: PictureTask,
        _ limits: Limits = .studio,
        pictures: Int = 1,
        _ change: (inout PictureRequest) -> Void = { _ in }
    ) -> String? {
        var request = PictureRequest(
            task,
            try? PictureRequest.prompt("a cat"),
            count: task.name.form.makesOne ? 1 : 4,
            pictures: (0..<pictures).map { "\($0).png" }
        )
        change(&request)
        do {
            try request.validate(limits)
            return nil
        } catch {
            return error.field
        }
    }

    @Test func whatCannotBeDoneIsRefusedByItsField() {
        #expect(refused(.imagine, pictures: 0) == nil)
        #expect(refused(.imagine, pictures: 0) { $0.count = 0 } == "count")
        #expect(refused(.imagine, pictures: 0) { $0.count = 65 } == "count")
        #expect(refused(.imagine, .worker, pictures: 0) { $0.count = 65 } == nil)
        #expect(refused(.imagine, .command, pictures: 0) { $0.count = .max } == "count")
        #expect(refused(.imagine, pictures: 0) { $0.first = -1 } == "first")
        #expect(refused(.imagine, pictures: 0) { $0.first = 999_999_999 } == "first")
        #expect(refused(.imagine, pictures: 0) { $0.first = .max } == "first")
        #expect(refused(.imagine, pictures: 0) { $0.size = 7 } == "size")
        #expect(refused(.imagine, pictures: 0) { ($0.size, $0.enlarge) = (64, 2) } == "size")
        #expect(refused(.imagine, pictures: 0) { $0.enlarge = 65 } == "enlarge")
        #expect(refused(.imagine, pictures: 0) { $0.previews = 9 } == "previews")
        #expect(refused(.imagine, pictures: 0) { $0.sampling.topP = 0 } == "topP")
        #expect(refused(.imagine, pictures: 0) { $0.sampling.guidance = .nan } == "guidance")
        #expect(refused(.imagine, pictures: 1) == nil)
        #expect(refused(.imagine, pictures: 1) { $0.prompt = nil } == "prompt")
        #expect(refused(.imagine, pictures: 2) { $0.prompt = nil } == nil)
        #expect(refused(.imagine, pictures: 1) { $0.prompt?.pictures = ["x", "y"] } == "pictures")
        #expect(refused(.vary(.strong), pictures: 0) == "pictures")
        #expect(refused(.vary(.strong)) { $0.prompt?.pictures = ["x.png"] } == "prompt")
        #expect(refused(.vary(.strong)) { $0.mask = "m.png" } == "mask")
        #expect(refused(.inpaint) == "mask")
        #expect(refused(.inpaint) { $0.mask = "m.png" } == nil)
        let region = Region(left: 0, top: 0, width: 8, height: 8)
        #expect(refused(.inpaint) { $0.region = region } == nil)
        #expect(refused(.inpaint) { ($0.mask, $0.region) = ("m.png", region) } == "mask")
        #expect(
            refused(.inpaint) { $0.region = Region(left: -1, top: 0, width: 1, height: 1) }
                == "region"
        )
        #expect(refused(.blend(weights: []), pictures: 1) == "pictures")
        #expect(refused(.blend(weights: []), pictures: 6) == "pictures")
        #expect(refused(.blend(weights: [1]), pictures: 2) == "numbers")
        #expect(refused(.outpaint(.aspect(width: 9, height: 1))) == "numbers")
        #expect(refused(.explore(Exploration()), pictures: 0) { $0.count = 2 } == "count")
        #expect(refused(.upscale(times: 2), pictures: 5) == nil)
        #expect(refused(.upscale(times: 2), pictures: 6) == "pictures")
        #expect(refused(.upscale(times: 2), .command, pictures: 600) == nil)
        #expect(refused(.upscale(times: 2)) { $0.size = 64 } == "size")
        #expect(refused(.restore, pictures: 2) { $0.mask = "m.png" } == "pictures")
    }

    /// The field that is refused of a task by name and numbers.
    private func refused(_ name: PictureTask.Name, _ numbers: [String: Double]) -> String? {
        var found = TaskNumbers()
        for (name, number) in numbers { found[name] = .number(number) }
        do {
            _ = try PictureTask(name, found)
            return nil
        } catch {
            return error.field
        }
    }

    @Test func numbersAreThoseOfTheTask() {
        for name in PictureTask.Name.allCases {
            // Without a number a picture would go on nowhere, without a name it has no hand.
            let needed: [PictureTask.Name: String] = [.outpaint: "numbers", .style: "style"]
            #expect(refused(name, [:]) == needed[name])
            #expect(refused(name, ["nothing": 1]) == needed[name] ?? "numbers")
            let numbers = name.form.fields.map(\.name)
            for (place, number) in numbers.enumerated() {
                // Weights are counted from the first.
                let before = name == .blend ? numbers.prefix(place) : []
                let others = Dictionary(uniqueKeysWithValues: before.map { ($0, 1.0) })
                for wild in [.infinity, -2e9] {
                    #expect(refused(name, others.merging([number: wild]) { $1 }) == number)
                }
            }
        }
        #expect(refused(.outpaint, ["zoom": 1.5, "left": 1]) == "numbers")
        #expect(refused(.outpaint, ["zoom": 1, "left": 0.5]) == nil)
        #expect(refused(.upscale, ["times": 3]) == "times")
        #expect(refused(.upscale, ["times": 2.5]) == "times")
        #expect(refused(.blend, ["weight-1": 1]) == "numbers")
    }

    @Test func oneWhoAsksWithBracesIsToldSo() throws {
        #expect(throws: RequestProblem.self) { try PictureRequest.prompt("{red, green} cat") }
        #expect(try PictureRequest.prompt("  ") == nil)
    }
}

/// What the page says of tasks.
@Suite struct TaskWordsTests {
    @Test(arguments: ["en", "zh"]) func everyTaskHasWords(language: String) throws {
        let file = repositoryRoot.appending(path: "Sources/Studio/Page/words/\(language).json")
        let words = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        )
        for name in PictureTask.Name.allCases {
            #expect(
                words["kind.\(name.rawValue)"] != nil && words["sent.\(name.rawValue)"] != nil,
                "\(name)"
            )
        }
    }
}
