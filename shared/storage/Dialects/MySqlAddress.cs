using MySql.Data.MySqlClient;

namespace Sigma.Storage;

/// <summary>The existing installation names its database by an address; the driver wants key=value pairs.</summary>
internal static class MySqlAddress
{
    public static string ToConnectionString(string setting)
    {
        if (!setting.StartsWith("mysql://", StringComparison.OrdinalIgnoreCase))
            return setting;
        if (!Uri.TryCreate(setting, UriKind.Absolute, out var address) || address.AbsolutePath.Trim('/') is not { Length: > 0 } database)
            throw new FormatException("is not an address of the form mysql://user:password@host:port/database");
        var user = address.UserInfo.Split(':', 2);
        return new MySqlConnectionStringBuilder
        {
            Server = address.Host,
            Port = address.IsDefaultPort || address.Port < 0 ? 3306u : (uint)address.Port,
            UserID = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "",
            Database = Uri.UnescapeDataString(database),
        }.ConnectionString;
    }
}
