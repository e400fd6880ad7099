import Foundation
import Scans
import Testing

@Suite("NIfTI volumes")
struct NIfTIVolumeTests {
    @Test("every kind of value in both orders and versions", arguments: NIfTIType.allCases)
    func types(_ type: NIfTIType) throws {
        let numbers: [Double] = [0, 1, 2, 100, 7, 9]
        for (version, isBig) in [(1, false), (1, true), (2, false), (2, true)] {
            let bytes = numbers.flatMap { ScanSamples.value($0, type, isBig: isBig) }
            let data = ScanSamples.nifti(
                bytes,
                sizes: [3, 2],
                type: type.rawValue,
                version: version,
                isBig: isBig,
                slope: 2,
                intercept: -5,
                rows: [-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0]
            )
            let volume = try NIfTIVolume(data, name: "a.nii")
            #expect(volume.header.version == version)
            let slice = try volume.slice(.axial, 0)
            #expect((slice.width, slice.height) == (3, 2))
            #expect(slice.values == numbers.map { $0 * 2 - 5 })
        }
    }

    @Test("slices lie as they are looked at, however the file has its axes")
    func planes() throws {
        // The value of a place is 100 to the right + 10 to the front + 1 to the head.
        let sizes = [2, 3, 4]
        for (order, signs) in [
            ([0, 1, 2], [1, 1, 1]), ([2, 0, 1], [-1, 1, -1]), ([1, 2, 0], [1, -1, -1]),
        ] {
            // Axis `a` of the file goes along the patient's axis `order[a]`.
            let own = order.map { sizes[$0] }
            var bytes: [UInt8] = []
            for k in 0..<own[2] {
                for j in 0..<own[1] {
                    for i in 0..<own[0] {
                        var place = [0, 0, 0]
                        for (axis, step) in [i, j, k].enumerated() {
                            let world = order[axis]
                            place[world] = signs[axis] > 0 ? step : own[axis] - 1 - step
                        }
                        bytes.append(UInt8(100 * place[0] + 10 * place[1] + place[2]))
                    }
                }
            }
            var rows = [Double](repeating: 0, count: 12)
            for axis in 0..<3 { rows[4 * order[axis] + axis] = Double(signs[axis] * 2) }
            let volume = try NIfTIVolume(
                ScanSamples.nifti(bytes, sizes: own, type: 2, rows: rows),
                name: "b.nii"
            )
            // Columns go to the left, rows to the back or to the feet.
            #expect(try volume.slice(.axial, 3).values == [123, 23, 113, 13, 103, 3])
            #expect(
                try volume.slice(.coronal, 0).values == [103, 3, 102, 2, 101, 1, 100, 0]
            )
            #expect(
                try volume.slice(.sagittal, 1).values
                    == [123, 113, 103, 122, 112, 102, 121, 111, 101, 120, 110, 100]
            )
        }
    }

    @Test("a file that ends anywhere is an error")
    func cut() throws {
        let data = ScanSamples.nifti([1, 2, 3, 4], sizes: [2, 2], type: 2)
        for length in 0..<data.count {
            #expect(throws: ScanError.self) { try NIfTIVolume(data.prefix(length), name: "cut") }
        }
        _ = try NIfTIVolume(data, name: "whole")
    }

    @Test("claims are checked before room is made for them")
    func claims() {
        for sizes in [
            [32_767, 32_767, 32_767], [32_767, 32_767, 2], [-1, 4, 4], [2, 2, 2, 2, 2, 2, 2, 2],
        ] {
            #expect(throws: ScanError.self) {
                try NIfTIVolume(ScanSamples.nifti([1], sizes: sizes, type: 64), name: "large")
            }
        }
        #expect(throws: ScanError.self) {
            try NIfTIVolume(
                ScanSamples.nifti([1], sizes: [.max, .max, .max], type: 64, version: 2),
                name: "larger"
            )
        }
        for type in [0, 1, 32, 128, 1536, 1792, 2304] {
            #expect(throws: ScanError.self) {
                try NIfTIHeader(ScanSamples.nifti([1], sizes: [1], type: type), name: "kind")
            }
        }
    }
}

extension ScanSamples {
    /// A value as bytes of a kind.
    static func value(_ value: Double, _ type: NIfTIType, isBig: Bool) -> [UInt8] {
        switch type {
        case .uint8: bytes(UInt8(value))
        case .int8: bytes(Int8(value))
        case .int16: bytes(Int16(value), isBig: isBig)
        case .uint16: bytes(UInt16(value), isBig: isBig)
        case .int32: bytes(Int32(value), isBig: isBig)
        case .uint32: bytes(UInt32(value), isBig: isBig)
        case .int64: bytes(Int64(value), isBig: isBig)
        case .uint64: bytes(UInt64(value), isBig: isBig)
        case .float32: bytes(Float(value).bitPattern, isBig: isBig)
        case .float64: bytes(value.bitPattern, isBig: isBig)
        }
    }
}
