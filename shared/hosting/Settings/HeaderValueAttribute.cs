using System.ComponentModel.DataAnnotations;

namespace Sigma.Hosting.Settings;

/// <summary>A secret that goes out in an HTTP header: visible ASCII, single spaces within it. The error does not contain the secret.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HeaderValueAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext context)
    {
        if (value is not string text || string.IsNullOrWhiteSpace(text)) // required or not, is another's to say
            return ValidationResult.Success;
        for (var at = 0; at < text.Length; at++)
            if (text[at] is not (> ' ' and <= '~') && !(text[at] == ' ' && at > 0 && at < text.Length - 1 && text[at - 1] != ' '))
                return new ValidationResult($"has a character that no HTTP header may have ({Name(text[at])}, at position {at + 1})",
                    [context.MemberName!]);
        return ValidationResult.Success;
    }

    static string Name(char character) => character switch
    {
        '\r' or '\n' or '\u2028' or '\u2029' or '\u0085' => "line break",
        '\t' => "tab",
        ' ' => "space",
        '\uFEFF' => "byte order mark",
        _ when char.IsControl(character) => "control character",
        _ when char.IsWhiteSpace(character) => "space that is not ASCII",
        _ => "character that is not ASCII",
    };
}
