using Microsoft.AspNetCore.Builder;
using Sigma.Archive;
using Sigma.Evaluator;
using Sigma.Fetcher;
using Sigma.Gateway;
using Sigma.Hosting;
using Sigma.Hosting.Settings;
using Sigma.Notifier;
using Sigma.OperatorConsole;
using Sigma.Simulator;

namespace Sigma.UnitTests.Compose;

/// <summary>Every setting the services take, asked of the services themselves.</summary>
internal static class ServiceSettings
{
    public static IReadOnlyList<Setting> All { get; } =
        [.. Of(service => service.AddFetcher()).Concat(Of(service => service.AddEvaluator())).Concat(Of(service => service.AddNotifier()))
            .Concat(Of(service => service.AddConsole())).Concat(Of(service => service.AddArchive())).Concat(Of(service => service.AddGateway()))
            .Distinct()];

    public static IReadOnlyList<Setting> Simulator { get; } = [.. Setting.Of(SimulatorOptions.Section, typeof(SimulatorOptions))];

    static IEnumerable<Setting> Of(Action<ServiceBuilder> compose)
    {
        var service = new ServiceBuilder("settings", WebApplication.CreateBuilder());
        compose(service);
        Sigma.Hosting.Messaging.Bus.Add(service, []);
        return service.Services.Select(s => s.ImplementationInstance).OfType<ISettingsSection>().SelectMany(s => Setting.Of(s.Section, s.Options));
    }
}
