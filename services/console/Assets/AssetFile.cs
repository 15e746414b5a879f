using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Sigma.OperatorConsole.Assets;

/// <summary>A file that the pages load: embedded, so that every host of the console has it, and compressed once.</summary>
internal sealed class AssetFile
{
    const string Prefix = "assets/";

    static readonly FrozenDictionary<string, Lazy<AssetFile>> Files = typeof(AssetFile).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => new Lazy<AssetFile>(() => new AssetFile(name)), StringComparer.Ordinal);

    // The smallest takes a while: not before somebody asks for it.
    readonly Lazy<byte[]> _brotli;
    readonly Lazy<byte[]> _gzip;

    AssetFile(string resource)
    {
        using var stream = typeof(AssetFile).Assembly.GetManifestResourceStream(resource)!;
        using MemoryStream content = new();
        stream.CopyTo(content);
        Plain = content.ToArray();
        Version = Convert.ToHexStringLower(SHA256.HashData(Plain))[..16];
        ContentType = Path.GetExtension(resource) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
        _brotli = new(() => Compress(Plain, to => new BrotliStream(to, CompressionLevel.SmallestSize)));
        _gzip = new(() => Compress(Plain, to => new GZipStream(to, CompressionLevel.SmallestSize)));
    }

    /// <summary>The names of all.</summary>
    public static IEnumerable<string> Names => Files.Keys;

    public string ContentType { get; }

    /// <summary>Is another for another content.</summary>
    public string Version { get; }

    public byte[] Plain { get; }

    public byte[] Brotli => _brotli.Value;

    public byte[] Gzip => _gzip.Value;

    /// <summary>Null when there is none of this name.</summary>
    public static AssetFile? Find(string name) => Files.GetValueOrDefault(name)?.Value;

    static byte[] Compress(byte[] plain, Func<Stream, Stream> into)
    {
        using MemoryStream compressed = new();
        using (var stream = into(compressed))
            stream.Write(plain);
        return compressed.ToArray();
    }
}

/// <summary>Where pages find their files.</summary>
public static class AssetAddress
{
    /// <summary>The address of a file, relative to the document's base; it is another when the file is another, so that browsers keep it.</summary>
    public static string Of(string name) =>
        $"assets/{name}?v={(AssetFile.Find(name) ?? throw new ArgumentException($"No asset is called {name}.", nameof(name))).Version}";
}
