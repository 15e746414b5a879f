using System.ComponentModel.DataAnnotations;

namespace Sigma.Fetcher.Sources.Probes.BuiltIn;

/// <summary>An http or https address; http too, for nothing of ours is told to it but what the parameters say.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebAddressAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is not string { Length: > 0 } text || (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            ? ValidationResult.Success : new ValidationResult("is not an http or https address", [context.MemberName!]);
}
