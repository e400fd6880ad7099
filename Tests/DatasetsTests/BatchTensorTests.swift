import Datasets
import Foundation
import Testing
import Torch

@Suite("Batch as tensor")
struct BatchTensorTests {
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
