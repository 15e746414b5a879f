using System.Data.Common;
using MySqlConnector;

namespace Sigma.Storage;

/// <summary>The existing installation names its database by an address; the driver wants key=value pairs.</summary>
internal static class MySqlAddress
{
    /// <exception cref="ArgumentException">The driver does not know an option or its value.</exception>
    /// <exception cref="FormatException">It is no such address.</exception>
    /// <exception cref="FileNotFoundException">The authority's file is not there.</exception>
    public static MySqlConnectionStringBuilder Read(string setting)
    {
        var read = setting.StartsWith("mysql://", StringComparison.OrdinalIgnoreCase) ? FromAddress(setting) : FromPairs(setting);
        if (read.SslCa is { Length: > 0 } authority && !File.Exists(authority))
            throw new FileNotFoundException($"SslCa names the file {authority}, which does not exist");
        return read;
    }

    static MySqlConnectionStringBuilder FromPairs(string setting)
    {
        var read = new MySqlConnectionStringBuilder();
        var pairs = new DbConnectionStringBuilder { ConnectionString = setting };
        foreach (string option in pairs.Keys)
            Set(read, option, pairs[option]);
        return read;
    }

    static MySqlConnectionStringBuilder FromAddress(string setting)
    {
        if (!Uri.TryCreate(setting, UriKind.Absolute, out var address) || address.AbsolutePath.Trim('/') is not { Length: > 0 } database)
            throw new FormatException("is not an address of the form mysql://user:password@host:port/database");
        var user = address.UserInfo.Split(':', 2);
        var read = new MySqlConnectionStringBuilder();
        foreach (var option in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(o => o.Split('=', 2)))
            Set(read, Uri.UnescapeDataString(option[0]), option.Length > 1 ? Uri.UnescapeDataString(option[1]) : "");
        read.Server = address.Host;
        read.Port = address.IsDefaultPort || address.Port < 0 ? 3306u : (uint)address.Port;
        read.UserID = Uri.UnescapeDataString(user[0]);
        read.Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "";
        read.Database = Uri.UnescapeDataString(database);
        return read;
    }

    // MySQL's own programs write ssl-mode.
    static void Set(MySqlConnectionStringBuilder read, string option, object? value) =>
        read[option.Replace("-", "", StringComparison.Ordinal)] = value;
}
