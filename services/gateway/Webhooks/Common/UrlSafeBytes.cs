using System.Buffers.Text;

namespace Sigma.Gateway.Webhooks.Common;

/// <summary>Bytes as tokens and sets of keys write them.</summary>
internal static class UrlSafeBytes
{
    /// <summary>The bytes of a text in base64 for addresses; null when it is none.</summary>
    public static byte[]? Of(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
