import Foundation
import Generation
import Imaging
import TestSupport
import Testing

/// Pictures made larger and whole, by small networks with random weights.
@Suite struct RepairingTests {
    private let scratch: ScratchFolder
    private let upscaler: GeneratorModel
    private let restorer: GeneratorModel

    init() throws {
        scratch = try ScratchFolder()
        upscaler = try GeneratorModel(contentsOf: RepairModel.write(in: scratch, factor: 2))
        restorer = try GeneratorModel(contentsOf: RepairModel.write(in: scratch, factor: 1))
    }

    private func picture(_ width: Int, _ height: Int, channels: Int) -> Picture {
        Picture(
            width: width,
            height: height,
            channels: channels,
            samples: (0..<width * height * channels).map { UInt8(truncatingIfNeeded: $0 * 37) }
        )
    }

    /// Sides need not be even; channels stay.
    @Test(arguments: [1, 2, 3, 4], [2, 4]) func picturesBecomeLarger(
        _ channels: Int,
        _ times: Int
    ) throws {
        let made = try upscaler.upscaled(
            picture(13, 7, channels: channels),
            times: times,
            name: "a"
        )
        #expect(made.picture.width == 13 * times && made.picture.height == 7 * times)
        #expect(made.picture.channels == channels)
        #expect(made.record.edit == Edit("upscale", of: ["a"], ["times": Double(times)]))
    }

    /// Grey pictures get colours.
    @Test(arguments: [1, 2, 3, 4]) func picturesStayAsLarge(_ channels: Int) throws {
        let made = try restorer.repaired(picture(9, 16, channels: channels), nil, name: "a")
        #expect(made.picture.width == 9 && made.picture.height == 16)
        #expect(made.picture.channels == (channels < 3 ? channels + 2 : channels))
    }

    /// Opaque pictures stay opaque, and networks without transparency leave it as it is.
    @Test(arguments: [3, 4]) func transparencyStays(_ channels: Int) throws {
        let model = try GeneratorModel(
            contentsOf: RepairModel.write(in: scratch, factor: 1, channels: channels)
        )
        let clear = picture(8, 8, channels: 4)
        #expect(clear.isTransparent)
        let opaque = Picture(
            width: 8,
            height: 8,
            channels: 4,
            samples: clear.samples.enumerated().map { $0 % 4 == 3 ? 255 : $1 }
        )
        #expect(try !model.repaired(opaque, nil, name: "a").picture.isTransparent)
        let made = try model.repaired(clear, nil, name: "a").picture
        #expect(made.isTransparent && made.channels == 4)
        if channels == 3 { #expect(made[3, 5, 3] == clear[3, 5, 3]) }
    }

    @Test func whatAMaskDoesNotHideStays() throws {
        let old = picture(16, 16, channels: 4)
        let mask = PictureMask(width: 16, height: 16, hiding: 4..<9, 5..<12)
        let new = try restorer.repaired(old, mask, name: "a").picture
        var changed = false
        for pixel in 0..<256 {
            let isSame = (0..<4).allSatisfy {
                new.samples[4 * pixel + $0] == old.samples[4 * pixel + $0]
            }
            if mask.picture.samples[pixel] == 0 {
                #expect(isSame)
            } else if !isSame {
                changed = true
            }
        }
        #expect(changed)
    }

    @Test func whatIsImpossibleIsSaid() throws {
        let small = picture(8, 8, channels: 4)
        func error(_ act: () throws -> Void) -> String {
            do { try act() } catch { return "\(error)" }
            return ""
        }
        #expect(error { _ = try upscaler.upscaled(small, times: 3, name: "a") }.contains("found 3"))
        #expect(
            error { _ = try upscaler.upscaled(picture(2000, 4, channels: 1), times: 4, name: "a") }
                .contains("4096")
        )
        #expect(error { _ = try restorer.upscaled(small, times: 2, name: "a") }.contains("upscale"))
        #expect(error { _ = try upscaler.repaired(small, nil, name: "a") }.contains("restore"))
        let mask = PictureMask(width: 9, height: 8, hiding: 0..<2, 0..<2)
        #expect(error { _ = try restorer.repaired(small, mask, name: "a") }.contains("9×8"))
        #expect(
            error { _ = try upscaler.draw(DrawingRequest(seed: 1, count: 1)) }
                .contains("draws none")
        )
        let request = DrawingRequest(seed: 1, count: 1)
        #expect(
            error { _ = try restorer.projected(small, steps: 2, request) }.contains("draws none")
        )
        let part = PictureMask(width: 8, height: 8, hiding: 0..<2, 0..<2)
        #expect(
            error { _ = try upscaler.inpainted(small, part, name: "a", request) }
                .contains("inpaint")
        )
    }

    /// Drawings become larger through the bundled upscaler, and the same again.
    @Test(arguments: [256, 200, 300]) func drawingsReachASize(_ side: Int) throws {
        let model = try GeneratorModel(contentsOf: BundledModel.usual.file())
        let drawing = try model.draw(DrawingRequest(seed: 3, count: 1, of: "red heart"))[0]
        let large = try model.sized(drawing, enlarge: 1, side: side)
        #expect(large.picture.width == side && large.picture.height == side)
        #expect(large.record.upscaler != nil && large.record.size == side)
        #expect(large.picture != drawing.sized(side).picture)
        #expect(try model.draw(again: large.record, name: "a").picture == large.picture)
        let small = try model.sized(drawing, enlarge: 1, side: 32)
        #expect(small.picture == drawing.sized(32).picture && small.record.upscaler == nil)
        var other = large.record
        other.upscaler = "0"
        #expect(throws: GenerationError.self) { try model.draw(again: other, name: "a") }
    }
}
