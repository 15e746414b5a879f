using Sigma.Hosting;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Api;
using Sigma.OperatorConsole.Assets;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Board;
using Sigma.OperatorConsole.Deliveries;
using Sigma.OperatorConsole.Drills;
using Sigma.OperatorConsole.Integrations;
using Sigma.OperatorConsole.Logs;
using Sigma.OperatorConsole.Metrics;
using Sigma.OperatorConsole.Operations;
using Sigma.OperatorConsole.Pages;
using Sigma.OperatorConsole.Projection;
using Sigma.OperatorConsole.Routes;
using Sigma.OperatorConsole.Schema;
using Sigma.OperatorConsole.Services;
using Sigma.OperatorConsole.Silences;
using Sigma.OperatorConsole.Sources;

namespace Sigma.OperatorConsole;

/// <summary>The console, capability by capability.</summary>
public static class ConsoleService
{
    /// <summary>Adds the console to a process.</summary>
    public static ServiceBuilder AddConsole(this ServiceBuilder service) => service
        .Settings<ConsoleOptions>("Console")
        .Schema(ConsoleContext.Schema)
        .AddAccess()
        .AddAudit()
        .AddOtherServices()
        .AddProjection()
        .AddBoard()
        .AddAlerts()
        .AddSilences()
        .AddRoutes()
        .AddDeliveries()
        .AddSources()
        .AddIntegrations()
        .AddLogs()
        .AddMetrics()
        .AddOperations()
        .AddDrills()
        .AddApi()
        .AddAssets()
        .AddPages();
}
