using Microsoft.AspNetCore.Builder;
using Sigma.Gateway;
using Sigma.IntegrationTests.Outages;
using Sigma.IntegrationTests.Stations;
using Sigma.TestServers.Processes;

namespace Sigma.IntegrationTests.Gateway.Core;

/// <summary>Gateways of a station, each with the same integrations by settings.</summary>
internal static class Gateways
{
    public const string ApiKey = "the key of the tests";

    public static string KeyOf(string integration) => $"the-key-of-{integration}-0123456789";

    /// <summary>The services started after this have an integration of each kind, named as its kind.</summary>
    public static void Integrations(this Station station, params string[] kinds)
    {
        station.Settings["Api:Key"] = ApiKey;
        foreach (var (index, kind) in kinds.Index())
        {
            station.Settings[$"Gateway:Integrations:{index}:Name"] = kind;
            station.Settings[$"Gateway:Integrations:{index}:Kind"] = kind;
            station.Settings[$"Gateway:Integrations:{index}:Key"] = KeyOf(kind);
        }
    }

    public static Task<WebApplication> StartGateway(this Station station) => station.Start("gateway", service => service.AddGateway());

    /// <summary>One whose way to the broker a test closes.</summary>
    public static async Task<WebApplication> StartGateway(this Station station, BrokerFront front)
    {
        var direct = station.Settings["RabbitMq:Port"];
        station.Settings["RabbitMq:Port"] = $"{front.Port}";
        try
        {
            return await station.StartGateway();
        }
        finally
        {
            station.Settings["RabbitMq:Port"] = direct;
        }
    }

    /// <summary>One in a process of its own, which can be killed; returns once it is ready.</summary>
    public static async Task<ServiceProcess> StartGatewayProcess(this Station station, string logFolder, BrokerFront? front = null)
    {
        var settings = station.Settings.Where(setting => setting.Key is not ("LOG_FORMAT" or "RabbitMq:LeaveAfter"))
            .ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!);
        if (front is not null)
            settings["RabbitMq__Port"] = $"{front.Port}";
        var gateway = ServiceProcess.Start($"gateway-{Guid.NewGuid():N}", "Sigma.Gateway.dll", settings, logFolder);
        await gateway.Ready(CancellationToken.None);
        return gateway;
    }

    public static Uri Address(this WebApplication gateway) => new(gateway.Urls.First());
}
