using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sigma.Cli.Alerts;
using Sigma.Cli.Broker;
using Sigma.Cli.Consoles;
using Sigma.Cli.Data;
using Sigma.Cli.Deliveries;
using Sigma.Cli.Intake;
using Sigma.Cli.Integrations;
using Sigma.Cli.Receivers;
using Sigma.Cli.Routes;
using Sigma.Cli.Rules;
using Sigma.Cli.Settings;
using Sigma.Cli.Silences;
using Sigma.Gateway;
using Sigma.Notifier;
using Sigma.Notifier.Texts;

namespace Sigma.Cli;

/// <summary>
/// How commands reach the tracker: by its console when one is named, else by its database and its broker. Commands that know only the latter load
/// <see cref="CliSettings"/>, which says so.
/// </summary>
internal static class Tracker
{
    public static async Task<IAlerts> Alerts(ParseResult typed, CancellationToken ct) => ConsoleApi.Of(typed) is { } console
        ? new ConsoleAlerts(console, new Screen(typed)) : new StoredAlerts(await DatabaseConnection.Open(CliSettings.Load(typed), ct));

    public static async Task<IAlertOrders> Orders(ParseResult typed, CancellationToken ct) => ConsoleApi.Of(typed) is { } console
        ? new ConsoleOrders(console) : await BrokerOrders.Open(await BrokerConnection.Open(CliSettings.Load(typed), ct), ct);

    public static IRules Rules(ParseResult typed, TimeProvider time) => ConsoleApi.Of(typed) is { } console
        ? new ConsoleRules(console) : new StoredRules(CliSettings.Load(typed), time);

    public static async Task<ISilences> Silences(ParseResult typed, TimeProvider time, CancellationToken ct)
    {
        if (ConsoleApi.Of(typed) is { } console)
            return new ConsoleSilences(console);
        var settings = CliSettings.Load(typed);
        return new StoredSilences(new(await DatabaseConnection.Open(settings, ct), time, settings.Configuration));
    }

    public static IRoutes Routes(ParseResult typed, TimeProvider time) => ConsoleApi.Of(typed) is { } console
        ? new ConsoleRoutes(console) : new StoredRoutes(CliSettings.Load(typed), time);

    public static IReceivers Receivers(ParseResult typed) => ConsoleApi.Of(typed) is { } console
        ? new ConsoleReceivers(console) : new ConfiguredReceivers(CliSettings.Load(typed));

    public static async Task<IDeliveries> Deliveries(ParseResult typed, TimeProvider time, CancellationToken ct)
    {
        if (ConsoleApi.Of(typed) is { } console)
            return new ConsoleDeliveries(console, new Screen(typed));
        var settings = CliSettings.Load(typed);
        return new StoredDeliveries(await DatabaseConnection.Open(settings, ct), settings, time);
    }

    public static async Task<IIntegrations> Integrations(ParseResult typed, TimeProvider time, CancellationToken ct)
    {
        if (ConsoleApi.Of(typed) is { } console)
            return new ConsoleIntegrations(console);
        var settings = CliSettings.Load(typed);
        return new StoredIntegrations(await DatabaseConnection.Open(settings, ct), settings.Of<GatewayOptions>("Gateway"), time);
    }

    public static async Task<IIntake> Intake(ParseResult typed, CancellationToken ct) => ConsoleApi.Of(typed) is { } console
        ? new ConsoleIntake(console) : new StoredIntake(new(await DatabaseConnection.Open(CliSettings.Load(typed), ct)));

    /// <summary>The zone of the times that are typed: Notifier__TimeZone, of which beside a console the environment alone is looked at.</summary>
    public static TimeZoneInfo Zone(ParseResult typed)
    {
        var isConsole = ConsoleAddress.IsNamed(typed, Environment.GetEnvironmentVariable);
        var options = isConsole ? new() : CliSettings.Load(typed).Of<NotifierOptions>("Notifier");
        if (isConsole && Environment.GetEnvironmentVariable("Notifier__TimeZone") is { Length: > 0 } zone)
            options.TimeZone = zone;
        return new LocalTime(Options.Create(options), NullLogger<LocalTime>.Instance).Zone;
    }
}
