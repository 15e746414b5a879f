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
        catch (FileNotFoundException e)
        {
            return ValidateOptionsResult.Fail($"Storage__ConnectionString: {e.Message}");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or DbException)
        {
            // Not the driver's words: the second half of a password with a semicolon in it is to the driver the name of an option, which it repeats.
            return ValidateOptionsResult.Fail(
                "Storage__ConnectionString cannot be read: it must be key=value pairs the driver knows, separated by semicolons, "
                + "with quotes around a value that has one in it, or an address of the form mysql://user:password@host:port/database");
        }
    }
}
