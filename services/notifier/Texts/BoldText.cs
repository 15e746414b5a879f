using System.Text.RegularExpressions;

namespace Sigma.Notifier.Texts;

/// <summary>
/// The one markup our texts have, bold as WhatsApp writes it, in that of another chat. In a text whose values went through
/// <see cref="OutsideText.ForWhatsApp"/> every asterisk is ours.
/// </summary>
internal static partial class BoldText
{
    public static string Replace(string text, Func<string, string> bold) => Bold().Replace(text, match => bold(match.Groups[1].Value));

    /// <summary>Without it.</summary>
    public static string Remove(string text) => Replace(text, plain => plain);

    [GeneratedRegex(@"\*([^*\n]+)\*")]
    private static partial Regex Bold();
}
