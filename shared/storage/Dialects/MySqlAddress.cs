using MySql.Data.MySqlClient;

namespace Sigma.Storage;

/// <summary>The existing installation names its database by an address; the driver wants key=value pairs.</summary>
internal static class MySqlAddress
{
    /// <exception cref="FormatException">It is no such address.</exception>
    /// <exception cref="NotSupportedException">It asks for a check of the server that would not be one.</exception>
    public static MySqlConnectionStringBuilder Read(string setting)
    {
        MySqlConnectionStringBuilder read = new(setting.StartsWith("mysql://", StringComparison.OrdinalIgnoreCase) ? FromAddress(setting) : setting);
        // The driver compares the names of authorities, not their signatures, and only with a library that is not here. VerifyFull alone is .NET's own check.
        if (read.SslMode == MySqlSslMode.VerifyCA || read.SslCa is { Length: > 0 } || read.SslCert is { Length: > 0 } || read.SslKey is { Length: > 0 })
            throw new NotSupportedException("write SslMode=VerifyFull and leave SslCa, SslCert and SslKey out: a certificate authority of your own goes into a file named by SSL_CERT_FILE");
        return read;
    }

    static string FromAddress(string setting)
    {
        if (!Uri.TryCreate(setting, UriKind.Absolute, out var address) || address.AbsolutePath.Trim('/') is not { Length: > 0 } database)
            throw new FormatException("is not an address of the form mysql://user:password@host:port/database");
        var user = address.UserInfo.Split(':', 2);
        var settings = new MySqlConnectionStringBuilder();
        foreach (var option in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(o => o.Split('=', 2)))
            settings[Uri.UnescapeDataString(option[0])] = option.Length > 1 ? Uri.UnescapeDataString(option[1]) : "";
        settings.Server = address.Host;
        settings.Port = address.IsDefaultPort || address.Port < 0 ? 3306u : (uint)address.Port;
        settings.UserID = Uri.UnescapeDataString(user[0]);
        settings.Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "";
        settings.Database = Uri.UnescapeDataString(database);
        return settings.ConnectionString;
    }
}
