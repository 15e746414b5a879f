using System.Data.Common;
using Microsoft.Extensions.Options;
using Sigma.Storage;

namespace Sigma.Hosting.Settings;

/// <summary>A connection string is read once at start, so that a typing error in it is one line and not a retry for ever.</summary>
internal sealed class StorageSettingsCheck : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (options.ConnectionString.Length == 0)
            return ValidateOptionsResult.Skip; // reported as required
        try
        {
            Dialects.Of(options.Provider!.Value).Connect(options.ConnectionString).Dispose();
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or DbException)
        {
            return ValidateOptionsResult.Fail($"Storage__ConnectionString cannot be read: {e.Message}"); // the drivers name the keyword, not its value
        }
    }
}
