import Datasets
import Foundation
import Imaging
import Testing
import Torch

@Suite("Batch as tensor")
struct BatchTensorTests {
    @Test("colours of transparent pictures are premultiplied", arguments: [2, 4])
    func premultiplied(_ channels: Int) {
        // Per pixel: colour 200 and cover 255, 200 and 0, 100 and 51 (a fifth).
        let colours = [200, 200, 100]
        let covers = [255, 0, 51]
        let pixels = (0..<3).flatMap { pixel in
            [UInt8](repeating: UInt8(colours[pixel]), count: channels - 1) + [UInt8(covers[pixel])]
        }
        let position = DataPosition()
        let batch = Batch(
            pixels: pixels,
            layout: .channelsLast,
            width: 3,
            height: 1,
            channels: channels,
            labels: [0],
            indices: [0],
            start: position,
            end: position
        )
        let tensor = batch.tensor()
        let expected = (0..<3).map { pixel -> Double in
            let share = Double(covers[pixel]) / 255
            return Double(colours[pixel]) / 255 * share * 2 - 1
        }
        for channel in 0..<channels - 1 {
            let found = tensor.selected(channel, along: 1).doubles()
            for (number, wanted) in zip(found, expected) { #expect(abs(number - wanted) < 1e-6) }
        }
        // And back again: pictures have straight colours.
        let picture = Picture.batch(of: tensor)[0]
        #expect((picture.width, picture.height, picture.channels) == (3, 1, channels))
        let straight = picture.samples
        for pixel in [0, 2] {
            #expect(abs(Int(straight[pixel * channels]) - colours[pixel]) <= 1)
        }
        #expect(straight[channels] == 0)
        let kept = (0..<3).map { Int(straight[$0 * channels + channels - 1]) }
        #expect(kept == covers)
    }

    @Test("is count, channels, height, width from -1 to 1 in either layout")
    func layouts() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures((0..<7).map { "\($0).png" }, in: folder)
            let cache = try PictureCache.open(
                try FolderSource(folder),
                options: CacheOptions(width: 6, height: 5, channels: 3),
                folder: folder.appending(path: ".cache"),
                notice: { _ in }
            )
            let order = try BatchOrder(count: 7, batchSize: 4, sampling: .sequential)
            for layout in Batch.Layout.allCases {
                let batch = BatchLoader(cache: cache, order: order, layout: layout)
                    .batch(at: DataPosition())
                let tensor = batch.tensor()
                #expect(tensor.shape == [4, 3, 5, 6])
                let numbers: [Float] = tensor.elements()
                for picture in 0..<4 {
                    let samples = Samples.picture(seed: picture).samples
                    for place in 0..<90 {
                        let (pixel, channel) = (place / 3, place % 3)
                        let number = numbers[picture * 90 + channel * 30 + pixel]
                        let expected = Float(samples[place]) / 127.5 - 1
                        #expect(abs(number - expected) < 1e-6, "\(layout) \(picture) \(place)")
                    }
                }
            }
        }
    }
}
