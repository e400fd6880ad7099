import Foundation
import TestSupport
import Testing
import Torch

@Suite struct SafetensorsTests {
    @Test func casesAreThoseOfTheFormat() {
        #expect(SafetensorsCase.all.count == 51)
        #expect(Set(SafetensorsCase.all.map { $0.description }).count == 51)
    }

    @Test(arguments: SafetensorsCase.all)
    func acceptsOrRefuses(_ file: SafetensorsCase) throws {
        guard let problem = file.problem else {
            let tensors = try Safetensors.read(file.data, name: "case").tensors
            #expect(tensors.values.allSatisfy { [.int64, .bool].contains($0.dtype) })
            return
        }
        let error = #expect(throws: TorchError.self) {
            try Safetensors.read(file.data, name: "case")
        }
        guard case .badWeights("case", let found) = error else {
            Issue.record("expected bad weights, found \(String(describing: error))")
            return
        }
        #expect(found.contains(problem), "found: \(found)")
    }

    @Test func dataOfAnySliceIsRead() throws {
        let file = try Safetensors.encode([("a", Tensor([1, 2] as [Float]))])
        let slice = (Data([9, 9, 9]) + file).dropFirst(3)
        #expect(try Safetensors.read(slice, name: "slice").tensors["a"]?.floats() == [1, 2])
    }

    @Test func truthsAreBroughtToOne() throws {
        let header = #"{"t":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}"#
        let data = SafetensorsCase.file(Array(header.utf8), [2, 0, 255])
        let truths = try #require(try Safetensors.read(data, name: "truths").tensors["t"])
        #expect(truths.bytes() == [1, 0, 1])
    }

    @Test(arguments: [DType.float32, .float64, .float16, .bfloat16])
    func nonFiniteWeightsAreRefusedUnlessAllowed(_ dtype: DType) throws {
        for value in [Double.infinity, -.infinity, .nan] {
            let tensor = Tensor([0.5, value]).converted(to: dtype)
            let data = try Safetensors.encode([("w", tensor)])
            #expect(throws: TorchError.self) { try Safetensors.read(data, name: "weights") }
            let read = try Safetensors.read(data, name: "weights", allowsNonFinite: true)
            #expect(read.tensors["w"]?.bytes() == tensor.bytes())
        }
        // The largest finite number of each type is finite.
        let largest: [DType: Double] = [
            .float32: 3.4028234e38, .float64: .greatestFiniteMagnitude, .float16: 65504,
            .bfloat16: 3.38e38,
        ]
        let tensor = Tensor([try #require(largest[dtype])]).converted(to: dtype)
        let data = try Safetensors.encode([("w", tensor)])
        #expect(try Safetensors.read(data, name: "weights").tensors["w"]?.dtype == dtype)
    }

    @Test func otherTensorsThanExpectedAreNamed() throws {
        let folder = try ScratchFolder()
        let file = folder.url.appending(path: "weights.safetensors")
        try Safetensors.write(
            [("a", .zeros([2, 3])), ("b", .zeros([4])), ("c", .zeros([1]))],
            to: file
        )
        let error = #expect(throws: StateMismatch.self) {
            try Safetensors.read(
                from: file,
                expecting: [
                    "a": TensorOutline(shape: [3, 2], dtype: .float32),
                    "c": TensorOutline(shape: [1], dtype: .int64),
                    "d": TensorOutline(shape: [1], dtype: .float32),
                ]
            )
        }
        #expect(error?.origin == file.path)
        #expect(error?.missing == ["d"])
        #expect(error?.unexpected == ["b"])
        #expect(error?.different.map(\.name) == ["a", "c"])
        #expect(error?.description.contains("expected float32[3×2], found float32[2×3]") == true)
    }

    @Test func headerAloneTellsShapes() throws {
        let folder = try ScratchFolder()
        let file = folder.url.appending(path: "weights.safetensors")
        try Safetensors.write([("a", .zeros([2, 3]))], metadata: ["k": "v"], to: file)
        let header = try Safetensors.readHeader(of: file)
        #expect(header.outlines == ["a": TensorOutline(shape: [2, 3], dtype: .float32)])
        #expect(header.metadata == ["k": "v"])
    }

    @Test func foldersAndAbsentFilesAreNamed() throws {
        let folder = try ScratchFolder()
        for path in [folder.url, folder.url.appending(path: "none")] {
            let error = #expect(throws: TorchError.self) { try Safetensors.readHeader(of: path) }
            #expect(error?.description.hasPrefix(path.path) == true)
        }
    }

    @Test func tooManyTensorsAreRefused() throws {
        func header(_ count: Int) -> Data {
            let members = (0..<count).map {
                "\"t\($0)\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}"
            }
            return SafetensorsCase.file(Array("{\(members.joined(separator: ","))}".utf8))
        }
        #expect(throws: TorchError.self) { try Safetensors.read(header(100_001), name: "many") }
        #expect(try Safetensors.read(header(1000), name: "some").tensors.count == 1000)
    }

    @Test func largeDimensionsAreRefusedAlsoBesideZero() {
        let header = #"{"t":{"dtype":"F32","shape":[0,2147483649],"data_offsets":[0,0]}}"#
        #expect(throws: TorchError.self) {
            try Safetensors.read(SafetensorsCase.file(Array(header.utf8)), name: "large")
        }
    }

    @Test func depthIsLimitedInFieldsThatAreIgnored() {
        for (depth, isGood) in [(6, true), (7, false), (100_000, false)] {
            let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let header =
                #"{"t":{"dtype":"F32","shape":[0],"data_offsets":[0,0],"x":\#(nested)}}"#
            let data = SafetensorsCase.file(Array(header.utf8))
            let result = Result { try Safetensors.read(data, name: "deep") }
            #expect(((try? result.get()) != nil) == isGood)
        }
    }

    @Test(arguments: [
        (#""\u0041\n""#, "A\n"), (#""\ud83d\ude00""#, "😀"), (#""é""#, "é"), (#""\/\\\"""#, "/\\\""),
    ])
    func textsAreUnescaped(_ written: String, _ expected: String) throws {
        let data = SafetensorsCase.file(Array("{\"__metadata__\":{\"k\":\(written)}}".utf8))
        #expect(try Safetensors.read(data, name: "text").metadata["k"] == expected)
    }

    @Test(arguments: [#""\ud83d""#, #""\x""#, #""\u12""#, "\"a\nb\"", "\"a"])
    func textsThatAreNoneAreRefused(_ written: String) {
        let data = SafetensorsCase.file(Array("{\"__metadata__\":{\"k\":\(written)}}".utf8))
        #expect(throws: TorchError.self) { try Safetensors.read(data, name: "text") }
    }
}
