import Foundation
import TestSupport
import Testing
import Torch

@Suite struct SafetensorsWritingTests {
    private static let fixtures = repositoryRoot.appending(path: "Tests/Fixtures")

    @Test func referenceFileIsReadAndWrittenByteForByte() throws {
        let data = try Data(contentsOf: Self.fixtures.appending(path: "reference.safetensors"))
        let (tensors, metadata) = try Safetensors.read(data, name: "reference")
        #expect(metadata == ["title": "three \"quoted\" words, \\ and é中\n"])
        let weight = try #require(tensors["layers.0.weight"])
        #expect(weight.shape == [2, 3])
        #expect(weight.floats() == [-1, -0.75, -0.5, -0.25, 0, 0.25])
        #expect(tensors["layers.0.bias"]?.floats() == [0.5, -2, 3])
        #expect(tensors["double"]?.elements(as: Double.self) == [1.0 / 3, -1e300])
        #expect(tensors["short"]?.dtype == .bfloat16)
        #expect(tensors["truth"]?.elements(as: Bool.self) == [true, false, true])
        #expect(tensors["scalar"]?.shape == [])
        #expect(tensors["empty"]?.shape == [0, 4])
        let named = tensors.map { (name: $0.key, tensor: $0.value) }
        #expect(try Safetensors.encode(named, metadata: metadata) == data)
    }

    @Test func narrowWholeNumbersAreWidened() throws {
        let file = Self.fixtures.appending(path: "reference-whole.safetensors")
        let tensors = try Safetensors.read(from: file).tensors
        let expected = [
            "i64": [-(1 << 62), 5], "i32": [-(1 << 31), 6], "i16": [-(1 << 15), 7],
            "i8": [-128, 8],
        ]
        for (name, numbers) in expected {
            #expect(tensors[name]?.elements(as: Int.self) == numbers)
        }
        #expect(tensors["u8"]?.elements(as: UInt8.self) == [255, 9])
        #expect(tensors["f16"]?.dtype == .float16)
        #expect(tensors["f16"]?.floats() == [1.5, -65504])
    }

    @Test func filesAppearWholeAndAlone() throws {
        let folder = try ScratchFolder()
        let file = folder.url.appending(path: "w.safetensors")
        for value in [1, 2] as [Float] {
            try Safetensors.write([("a", Tensor([value]))], to: file)
            #expect(try Safetensors.read(from: file).tensors["a"]?.floats() == [value])
            #expect(try folder.names() == ["w.safetensors"])
        }
        #expect(try Data(contentsOf: file) == Safetensors.encode([("a", Tensor([2 as Float]))]))
    }

    @Test func headersFillWordsAndLargeElementsComeFirst() throws {
        for length in 1...9 {
            let name = String(repeating: "n", count: length)
            let data = try Safetensors.encode([
                (name, Tensor([true])), ("z", Tensor([1.0])), ("y", Tensor([1 as Float])),
            ])
            let header = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
            #expect(header % 8 == 0)
            #expect(data.count == 8 + header + 13)
            #expect(data.dropFirst(8 + header).prefix(8) == Data(Tensor([1.0]).bytes()))
        }
    }

    @Test func viewsAreWrittenAsTheyLook() throws {
        let view = Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3]).transposed()
        let data = try Safetensors.encode([("v", view)])
        let read = try #require(try Safetensors.read(data, name: "view").tensors["v"])
        #expect(read.shape == [3, 2])
        #expect(read.floats() == [1, 4, 2, 5, 3, 6])
    }

    @Test(arguments: ["", "a b", "../a", "é", "__metadata__", String(repeating: "a", count: 257)])
    func namesThatWouldNotBeReadAreNotWritten(_ name: String) {
        #expect(throws: TorchError.self) { try Safetensors.encode([(name, .zeros([1]))]) }
    }

    @Test func namesAreWrittenOnce() {
        #expect(throws: TorchError.self) {
            try Safetensors.encode([("a", .zeros([1])), ("a", .zeros([1]))])
        }
    }

    @Test func absentFoldersAreErrors() throws {
        let folder = try ScratchFolder()
        let file = folder.url.appending(path: "none/w.safetensors")
        let error = #expect(throws: TorchError.self) {
            try Safetensors.write([("a", .zeros([1]))], to: file)
        }
        #expect(error?.description.contains(file.path) == true)
    }

    @Test func metadataComesBack() throws {
        let metadata = ["plain": "text", "quoted \"key\"": "\u{1}\t\u{8}\\", "empty": "", "é": "中"]
        let data = try Safetensors.encode([], metadata: metadata)
        #expect(try Safetensors.read(data, name: "texts").metadata == metadata)
    }
}
