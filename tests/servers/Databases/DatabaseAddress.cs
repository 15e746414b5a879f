using MySqlConnector;

namespace Sigma.TestServers.Databases;

/// <summary>How a database server is reached, and as whom.</summary>
internal sealed record DatabaseAddress(string Host, int Port, string Username, string Password)
{
    public const string Variable = "SIGMA_TEST_MYSQL";

    public static DatabaseAddress? FromEnvironment() => ServerUri.FromEnvironment(Variable, "mysql", defaultPort: 3306) is { } server
        ? new DatabaseAddress(server.Host, server.Port, server.Username, server.Password)
        : null;

    public string ConnectionString(string? database, bool pooling = true) => new MySqlConnectionStringBuilder
    {
        Server = Host,
        Port = (uint)Port,
        UserID = Username,
        Password = Password,
        Database = database ?? "",
        Pooling = pooling,
        AllowPublicKeyRetrieval = true
    }.ConnectionString;
}
