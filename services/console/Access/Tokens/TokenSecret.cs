using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sigma.OperatorConsole.Access.Tokens;

/// <summary>A token as programs have it: random, and recognisable where it was left by mistake.</summary>
internal static class TokenSecret
{
    /// <summary>What each begins with.</summary>
    public const string Prefix = "sct_";

    const int Bytes = 32;

    /// <summary>A new one.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept of it. It is random, so that one plain hash is enough.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Whether it can be one.</summary>
    public static bool LooksLikeOne(string text) => text.Length == Prefix.Length + 43 && text.StartsWith(Prefix, StringComparison.Ordinal);
}
