using Sigma.TestServers;

namespace Sigma.IntegrationTests.Stations;

/// <summary>The broker and the database of this test run: given by environment, else private ones.</summary>
internal static class Servers
{
    static readonly Lazy<Task<RabbitMqServer>> SharedBroker = new(() => RabbitMqServer.Get());
    static readonly Lazy<Task<DatabaseServer>> SharedDatabase = new(() => DatabaseServer.Get());

    public static Task<RabbitMqServer> Broker => SharedBroker.Value;

    public static Task<DatabaseServer> Database => SharedDatabase.Value;
}
