using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;

namespace Sigma.Hosting.Settings;

/// <summary>An absolute https address; http only within this machine, or where <see cref="ApiAddress.AllowPlainHttp"/> says so.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HttpAddressAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext context)
    {
        if (value is not string { Length: > 0 } text)
            return ValidationResult.Success;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return new ValidationResult("is not an http or https address", [context.MemberName!]);
        return address.Scheme == "https" || address.IsLoopback || context.ObjectInstance is IPlainHttpSetting { AllowPlainHttp: true }
            ? ValidationResult.Success
            : new ValidationResult(
                $"is an http address of another machine, so the token would travel in clear: use https, or set "
                    + $"{(context.ObjectInstance as IPlainHttpSetting)?.AllowPlainHttpKey ?? nameof(ApiAddress.AllowPlainHttp)} beside it",
                [context.MemberName!]);
    }
}
