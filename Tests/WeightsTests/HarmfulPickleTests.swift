import Foundation
import Testing
import Weights

@Suite("Pickles that mean harm")
struct HarmfulPickleTests {
    private func error(_ bytes: [UInt8]) -> WeightsError? {
        do throws(WeightsError) {
            let file = try WeightsFile(Data(bytes))
            _ = try file.tensors()
            return nil
        } catch {
            return error
        }
    }

    private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(
        "calls that lead out of the file are refused by their name, in each way to name them",
        arguments: [
            "os system", "posix system", "nt system", "subprocess Popen", "builtins eval",
            "__builtin__ exec", "builtins getattr", "builtins __import__", "runpy _run_code",
            "importlib import_module", "socket create_connection", "shutil rmtree", "pickle loads",
            "os.path join", "pty spawn", "webbrowser open", "ctypes CDLL", "operator attrgetter",
        ]
    )
    func calls(call: String) {
        let parts = call.split(separator: " ").map(String.init)
        let lines = "\(parts[0])\n\(parts[1])\n"
        func short(_ text: String) -> [UInt8] { [0x8C, UInt8(text.utf8.count)] + Array(text.utf8) }
        let ways: [[UInt8]] = [
            text("c\(lines)(S'id'\ntR."),
            text("(S'id'\ni\(lines)."),
            [0x80, 4] + short(parts[0]) + short(parts[1]) + [0x93] + short("id") + [
                0x85, 0x52, 0x2E,
            ],
            text("c\(lines)") + [0x29, 0x81, 0x2E],
        ]
        for way in ways {
            let found = error(way)
            #expect(found?.kind == .unsafe)
            #expect(found?.problem.contains(parts.joined(separator: ".")) == true)
        }
    }

    @Test("other names are records, however they are called")
    func records() throws {
        let bytes = text("ctorch.optim.adam\nAdam\n(S'x'\ntR}S'lr'\nF0.5\nsb.")
        try WeightsFile(Data(bytes)).withContents { value in
            guard case .object(let object) = value, case .double(0.5)? = object["lr"] else {
                Issue.record("a record with its state is expected")
                return
            }
            #expect(object.name.description == "torch.optim.adam.Adam")
            #expect(object.arguments.first?.text == "x")
        }
    }

    @Test("what is not a name cannot be called")
    func noName() {
        #expect(error(text("S'os.system'\n(S'id'\ntR."))?.kind == .unsafe)
    }

    @Test("depth takes no stack: lists in lists, in themselves, in each other through what is kept")
    func depth() {
        let deep =
            [UInt8](repeating: 0x5D, count: 300_000) + [UInt8](repeating: 0x61, count: 299_999)
        #expect(error(deep + [0x2E])?.kind == .tooLarge)
        // A list that has itself.
        #expect(error(text("]q\u{0}h\u{0}a."))?.kind == .tooLarge)
        // Each list is put into the one before when all are there.
        var chain: [UInt8] = []
        let count = 20_000
        func index(_ number: Int) -> [UInt8] {
            (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        for number in 0..<count { chain += [0x5D, 0x72] + index(number) + [0x30] }
        for number in 0..<count - 1 {
            chain += [0x6A] + index(number) + [0x6A] + index(number + 1) + [0x61, 0x30]
        }
        #expect(error(chain + [0x6A] + index(0) + [0x2E])?.kind == .tooLarge)
    }

    @Test("few bytes cannot ask for much: doubling lists, lengths without bytes, endless stacks")
    func bombs() {
        // Thirty lists, each with the one before twice: two to the thirty when looked through.
        var doubling: [UInt8] = [0x5D, 0x71, 0]
        for number in 1...30 {
            doubling += [
                0x5D, 0x71, UInt8(number), 0x28, 0x68, UInt8(number - 1), 0x68, UInt8(number - 1),
                0x65,
            ]
        }
        #expect(error(doubling + [0x2E])?.kind == .tooLarge)
        for length: [UInt8] in [
            [0x58, 0xFF, 0xFF, 0xFF, 0xFF], [0x42, 0xFF, 0xFF, 0xFF, 0x7F],
            [0x8E, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x8D, 0, 0, 0, 0, 0, 0, 0, 0x7F], [0x8B, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x96, 0, 0, 0, 0, 1, 0, 0, 0],
        ] {
            #expect(error(length + [0x2E])?.kind == .damaged, "\(length)")
        }
        #expect(error([UInt8](repeating: 0x4E, count: 3_000_000) + [0x2E])?.kind == .tooLarge)
        #expect(error([UInt8](repeating: 0x28, count: 3_000_000) + [0x2E]) != nil)
    }

    @Test("tensors whose numbers lie beyond their storage, or are taken many times, are refused")
    func tensors() {
        func tensor(_ count: Int, _ offset: Int, _ shape: [Int], _ strides: [Int]) -> [UInt8] {
            func tuple(_ numbers: [Int]) -> String {
                "(" + numbers.map { "I\($0)\n" }.joined() + "t"
            }
            return text(
                "ctorch._utils\n_rebuild_tensor_v2\n((S'storage'\nctorch\nFloatStorage\nS'0'\nS'cpu'\n"
                    + "I\(count)\ntQI\(offset)\n\(tuple(shape))\(tuple(strides))I00\nNtR."
            )
        }
        #expect(error(tensor(6, 0, [2, 3], [3, 1])) == nil)
        for (shape, strides, offset) in [
            ([2, 3], [3, 1], 1), ([7], [1], 0), ([1_000_000_000], [0], 0), ([2, 3], [-3, 1], 3),
            ([Int.max, 2], [1, 1], 0), ([2, 2], [Int.max, Int.max], 0), ([2], [1], -1),
            ([2, 3], [1], 0), ([3], [1], Int.max),
        ] {
            #expect(
                error(tensor(6, offset, shape, strides))?.kind == .damaged,
                "\(shape) \(strides)"
            )
        }
    }

    /// An archive as PyTorch writes it: files as they are, and where they lie.
    private func archive(_ files: [(name: String, data: [UInt8])]) -> Data {
        func little(_ number: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        var (data, directory): ([UInt8], [UInt8]) = ([], [])
        for (name, content) in files {
            let facts =
                [UInt8](repeating: 0, count: 10) + little(0, 4) + little(content.count, 4)
                + little(content.count, 4) + little(name.utf8.count, 2) + little(0, 2)
            let place = data.count
            data += little(0x0403_4B50, 4) + facts + Array(name.utf8) + content
            directory +=
                little(0x0201_4B50, 4) + little(0, 2) + facts + [UInt8](repeating: 0, count: 10)
                + little(place, 4) + Array(name.utf8)
        }
        let end =
            little(0x0605_4B50, 4) + little(0, 4) + little(files.count, 2)
            + little(files.count, 2) + little(directory.count, 4) + little(data.count, 4)
            + little(0, 2)
        return Data(data + directory + end)
    }

    @Test(
        "what a pickle says of its tensors may be more than any file has, and is not counted with"
    )
    func impossibleSizes() throws {
        func tensor(_ count: Int, _ shape: [Int]) -> String {
            func tuple(_ numbers: [Int]) -> String {
                "(" + numbers.map { "I\($0)\n" }.joined() + "t"
            }
            return
                "ctorch._utils\n_rebuild_tensor_v2\n((S'storage'\nctorch\nFloatStorage\nS'0'\nS'cpu'\n"
                + "I\(count)\ntQI0\n\(tuple(shape))\(tuple(shape.map { _ in 1 }))I00\nNtR"
        }
        let transformer = [
            "cls_embedding.embedding_table.weight", "tok_embeddings.weight",
            "layers.0.feed_forward.w1.weight",
        ]
        for (count, shape) in [
            (4, [2, 2]), (Int.max, [Int.max, 1]), (Int.max, [1 << 62]), (4, [0, 1 << 61]),
            (4, [1 << 61, 0]), (4, [0, 0]), (Int.max, [1 << 31, 1 << 31]), (4, []),
        ] {
            let names = transformer.map { "S'\($0)'\n\(tensor(count, shape))s" }.joined()
            let data = archive([
                ("a/data.pkl", text("(d\(names).")), ("a/data/0", [UInt8](repeating: 0, count: 16)),
            ])
            let file = try WeightsFile(data)
            let found = try file.tensors()
            #expect(found.count == transformer.count)
            for (_, tensor) in found {
                if shape == [2, 2] || shape.isEmpty || shape.contains(0) {
                    #expect(try tensor.tensor().shape == shape)
                } else {
                    #expect(throws: WeightsError.self, "\(shape)") { try tensor.tensor() }
                }
            }
            // Sizes that one network might have by itself; no file holds so many numbers.
            if [[2, 2], [1 << 31, 1 << 31]].contains(shape) {
                #expect(try file.networks().map(\.family) == ["llamagen-gpt"])
            } else {
                #expect(throws: WeightsError.self, "\(shape)") { try file.networks() }
            }
        }
    }
}
