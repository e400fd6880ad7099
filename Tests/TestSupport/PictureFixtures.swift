import Foundation

/// Small files made by other programs.
public enum PictureFixtures {
    /// Two frames of 4×3 (Pillow): every row of the first red, green, blue, red; the second blue.
    public static let animation = Data(
        base64Encoded: """
            R0lGODdhBAADAIEAAP8AAAD/AAAA/wAAACwAAAAABAADAAAIDAABBBAAQCBBgwACAgAh+QQBAAABACwAAAAA\
            BAADAIEAAP8AAAAAAAAAAAAICwABAAggcGBBggEBADs=
            """
    )

    /// 8×8 of CMYK (0, 255, 255, 0), that is red, stored inverted as Adobe does (Pillow).
    public static let printed = Data(
        base64Encoded: """
            /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0O\
            EQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAA\
            AAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNC\
            scEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6\
            g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq\
            8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9U6/Kqvyqr9U6/9k=
            """
    )

    /// 4×4 of (200, 100, 50) in Display P3 (libvips); in sRGB about (215, 93, 32) (Little CMS).
    public static let wideGamut = Data(
        base64Encoded: """
            iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAACZWlDQ1BpY2MAACiRY2BgepCTnFvMJMDAkJtX\
            UhTk7qQQERmlwP6IgZlBhIGTgY9BNjG5uMA32C2EAQiKE8uLk0uKchhQwLdrDIwg+rJuRmJeSnU+/+kHro5m\
            9v4upqel2iQZ8APOlNTiZCD9AYjjkguKShgYGHmAbJ7ykgIQWwLIFikCOgrI1gGx0yFsBxA7CcIOAasJCXIG\
            sjOAuCIdiZ2ExIbaBQKsxQHGzsgOKUmtKAHRzs4GDKAwgIh+DgT7jVHsDEKs+T4Dg+1+EAsh5gXkbzRnYODa\
            ihDTsGBgEORiYDhRkVxaVAa1ZhsQyzBYMIQwFDD0MKxgOMLwkJGBUYnRjTGXcSrjQcYPTApMoUzdTEeYGZnt\
            mZuYj7HwsUSyLGf5yerDuoT1H1sM2z52RfYu9i8cyRxXOT05D3PZc+3nduI+yRPC85C3hI+TbxG/A/8DgVZB\
            XcFbQl3CdsLfRDaJFoqZif0VPyUxUzJPyk1aSYZZ5rnsBbm98usUlijOU5qjPF9lqepGtQPqVzXeanFpa+sE\
            6tbordK/ZyhmFGQ8xeSmmYp5scUxKwXrGpv7dq72GxwVnaa5CLj2uwt5zPbS8N7tG+j3LqA/yDT4QeiEcNdI\
            hqh9MS1xPgnSie+Tj6cuS+/MLMyOzw3M9yp0K/YqDSyPqyys7qhdVn+i8UOLXFtAR2fX0V7O/sCJ8yd/nuY9\
            Y/VsvrkV858vil5ybXnYyttr0td939i/RWvbmZ0lexT3XT3Ye8TnuMDJW2dWn6+/FHPV9obKbaF7LA/+Pf7z\
            nPEVz1uZDyafA74V/5z959T//wDUytJGPF1SSAAAAAlwSFlzAAAD6AAAA+gBtXtSawAAABBJREFUCJljOJFi\
            BEcMxHEAQnIV4c36HvkAAAAASUVORK5CYII=
            """
    )

    /// The smallest SVG.
    public static let vector = Data(
        #"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>"#
            .utf8
    )
}
