# Builds Atelier from this clone with Homebrew: brew install --HEAD ./packaging/atelier.rb
class Atelier < Formula
  desc "Draws pictures from words, and trains the models that do"
  license "Apache-2.0"
  head "file://#{File.expand_path("..", __dir__)}", using: :git, branch: "main"

  depends_on xcode: ["26.0", :build]
  depends_on "pkgconf" => :build
  depends_on "libarchive"
  depends_on macos: :sequoia
  depends_on "pytorch"
  depends_on "sentencepiece"
  depends_on "vips"

  def install
    ENV["LIBTORCH"] = Formula["pytorch"].opt_prefix
    system "make", "build"
    system "scripts/install", prefix
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/atelier --version") if build.stable?
    system bin/"atelier", "imagine", "a red apple", "--seed", "7", "-n", "1"
    assert_path_exists testpath/"pictures"
  end
end
