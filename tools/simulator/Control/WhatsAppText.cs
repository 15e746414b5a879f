using System.Net;
using System.Text.RegularExpressions;

namespace Sigma.Simulator.Control;

/// <summary>Shows a message's marks as the phone does.</summary>
internal static partial class WhatsAppText
{
    public static string ToHtml(string message)
    {
        var safe = WebUtility.HtmlEncode(message);
        safe = Bold().Replace(safe, "<b>$1</b>");
        safe = Italic().Replace(safe, "<i>$1</i>");
        return Struck().Replace(safe, "<s>$1</s>");
    }

    [GeneratedRegex(@"(?<!\w)\*(?=\S)([^*\n]+?)(?<=\S)\*(?!\w)")]
    private static partial Regex Bold();

    [GeneratedRegex(@"(?<![\w&])_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)")]
    private static partial Regex Italic();

    [GeneratedRegex(@"(?<!\w)~(?=\S)([^~\n]+?)(?<=\S)~(?!\w)")]
    private static partial Regex Struck();
}
