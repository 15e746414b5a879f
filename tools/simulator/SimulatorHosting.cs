using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Sigma.Simulator.ChatPro;
using Sigma.Simulator.Control;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Mail;
using Sigma.Simulator.Outages;
using Sigma.Simulator.PagerDuty;
using Sigma.Simulator.Prefect;
using Sigma.Simulator.Probed;
using Sigma.Simulator.Received;
using Sigma.Simulator.Scenarios;
using Sigma.Simulator.Segware;
using Sigma.Simulator.Slack;
using Sigma.Simulator.Teams;
using Sigma.Simulator.Telegram;
using Sigma.Simulator.Twilio;
using Sigma.Simulator.Webhooks;

namespace Sigma.Simulator;

internal static class SimulatorHosting
{
    public static void AddSimulatorFromConfiguration(this WebApplicationBuilder builder)
    {
        var options = new SimulatorOptions();
        try
        {
            builder.Configuration.GetSection(SimulatorOptions.Section).Bind(options);
        }
        catch (InvalidOperationException notConvertible)
        {
            throw new SimulatorSettingsException(notConvertible.Message, notConvertible);
        }

        options.ThrowIfWrong();
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.AddSimulator(options, options.TimeScale == 1 ? TimeProvider.System : new ScaledClock(options.TimeScale));
    }

    public static void AddSimulator(this WebApplicationBuilder builder, SimulatorOptions options, TimeProvider clock)
    {
        options.ThrowIfWrong();
        var scenario = ScenarioChoice.For(options);
        var faults = new FaultBoard(clock, options.Seed, [.. FaultText.Parse(options.Fault), .. scenario.Faults]);

        builder.Services
            .AddSlack()
            .AddPagerDuty()
            .AddTelegram()
            .AddTeams()
            .AddTwilio()
            .AddPrefect()
            .AddWebhooks()
            .AddMail()
            .AddOutages()
            .AddProbed()
            .AddSingleton(options)
            .AddSingleton(clock)
            .AddSingleton(scenario)
            .AddSingleton(faults)
            .AddSingleton(new SegwareStore(options.Seed))
            .AddSingleton<ChatProPhone>()
            .AddSingleton<ReceivedLog>()
            .AddSingleton<ScenarioPlayer>()
            .AddSingleton<SimulatorReset>()
            .AddSingleton<SegwareErrors>()
            .AddSingleton<SegwareJson>()
            .AddSingleton<AlarmIntake>()
            .ConfigureHttpJsonOptions(json =>
            {
                json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
                json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            })
            .Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
    }

    public static void MapSimulator(this WebApplication app)
    {
        app.UseMiddleware<AnswerDate>();
        app.UseMiddleware<CallCounting>();
        app.UseMiddleware<FaultInjection>();
        app.UseMiddleware<ScenarioCatchUp>();
        app.MapSegware();
        app.MapChatPro();
        app.MapSlack();
        app.MapPagerDuty();
        app.MapTelegram();
        app.MapTeams();
        app.MapTwilio();
        app.MapPrefect();
        app.MapWebhooks();
        app.MapOutages();
        app.MapProbed();
        app.MapControl();
        app.MapPage();

        // Built now: the scenario starts with the process, not with its first request.
        app.Services.GetRequiredService<ScenarioPlayer>().CatchUp();
    }
}
