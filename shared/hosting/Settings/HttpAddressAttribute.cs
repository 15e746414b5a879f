using System.ComponentModel.DataAnnotations;

namespace Sigma.Hosting.Settings;

/// <summary>An absolute http or https address.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HttpAddressAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is null or "" || (value is string text && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            ? ValidationResult.Success
            : new ValidationResult("is not an http or https address", [context.MemberName!]);
}
