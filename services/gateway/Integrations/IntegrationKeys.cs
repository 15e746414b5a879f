using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sigma.Gateway.Integrations;

/// <summary>Keys of integrations: they are kept as their SHA-256, which is enough for what is 16 random bytes and more.</summary>
internal static class IntegrationKeys
{
    const int NewKeyBytes = 32;

    /// <summary>A new key: 32 random bytes as text that any address and header takes.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NewKeyBytes));

    /// <summary>What is kept of a key.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>By this hashes are found; they are then compared whole, in constant time.</summary>
    public static ulong Prefix(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64BigEndian(hash);
}
