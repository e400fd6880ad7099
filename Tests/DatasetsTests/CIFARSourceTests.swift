import Datasets
import Foundation
import Testing

@Suite("CIFARSource")
struct CIFARSourceTests {
    /// An example whose planes are constant.
    private static func example(_ labels: [UInt8], red: UInt8, green: UInt8, blue: UInt8) -> Data {
        var data = Data(labels)
        for value in [red, green, blue] { data += Data(repeating: value, count: 1024) }
        return data
    }

    @Test("reads the five files of CIFAR-10 in order, and the names")
    func ten() throws {
        try Samples.withFolder { folder in
            for number in 1...5 {
                let first = Self.example([UInt8(number)], red: 10, green: 20, blue: UInt8(number))
                let second = Self.example([0], red: 1, green: 2, blue: 3)
                try (first + second).write(to: folder.appending(path: "data_batch_\(number).bin"))
            }
            let names = "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n"
            try Data(names.utf8).write(to: folder.appending(path: "batches.meta.txt"))
            let source = try CIFARSource(folder: folder, variant: .ten, split: .train)
            #expect(source.count == 10)
            #expect(source.labels == [1, 0, 2, 0, 3, 0, 4, 0, 5, 0])
            #expect(source.classNames[2] == "bird")
            let example = try source.example(at: 4)
            #expect(example.identifier == "data_batch_3.bin#0")
            #expect(example.captions.first?.text == "cat")
            #expect(example.picture.samples.prefix(6) == [10, 20, 3, 10, 20, 3])
            let error = datasetError {
                _ = try CIFARSource(folder: folder, variant: .ten, split: .test)
            }
            #expect(error?.kind == .missing)
            #expect(error?.place.hasSuffix("test_batch.bin") == true)
        }
    }

    @Test("takes the fine label of CIFAR-100, the coarse one as group")
    func hundred() throws {
        try Samples.withFolder { folder in
            try
                (Self.example([3, 42], red: 1, green: 2, blue: 3)
                + Self.example([19, 100], red: 1, green: 2, blue: 3))
                .write(to: folder.appending(path: "test.bin"))
            let groups = (0..<20).map { "group_\($0)" }.joined(separator: "\n")
            try Data(groups.utf8).write(to: folder.appending(path: "coarse_label_names.txt"))
            let source = try CIFARSource(folder: folder, variant: .hundred, split: .test)
            #expect(source.classNames.count == 100)
            #expect(source.record(at: 0).label == 42)
            #expect(source.record(at: 0).tags == ["group_3"])
            #expect(source.problems.map(\.identifier) == ["test.bin#1"])
            #expect(source.problems.first?.kind == .labelOutOfRange)
        }
    }

    @Test("refuses a part of an example", arguments: [0, 1, 3072, 3074])
    func partial(bytes: Int) throws {
        try Samples.withFolder { folder in
            try Data(count: bytes).write(to: folder.appending(path: "test_batch.bin"))
            let error = datasetError {
                _ = try CIFARSource(folder: folder, variant: .ten, split: .test)
            }
            #expect(error?.kind == .damaged)
            #expect(error?.message.contains("\(bytes) bytes") == true)
        }
    }
}
