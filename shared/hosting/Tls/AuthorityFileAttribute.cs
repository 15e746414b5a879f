using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sigma.Hosting.Tls;

/// <summary>A PEM file with at least one certificate, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AuthorityFileAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext context)
    {
        if (value is not string { Length: > 0 } file)
            return ValidationResult.Success;
        try
        {
            X509Certificate2Collection found = [];
            found.ImportFromPemFile(file);
            return found.Count > 0
                ? ValidationResult.Success : new ValidationResult("names a file without a certificate in PEM form", [context.MemberName!]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new ValidationResult($"names a file that cannot be read: {e.Message}", [context.MemberName!]);
        }
    }
}
