using Microsoft.Extensions.Options;
using Sigma.Gateway.Liveness;
using Sigma.Gateway.Logs.Lines;

namespace Sigma.Gateway.Logs.Syslog;

/// <summary>What the listeners share.</summary>
internal sealed class SyslogListening(SyslogSenders senders, SyslogIntake intake, LogsTelemetry telemetry, IntakeSlices slices, TimeProvider time,
    IOptions<GatewayOptions> options, ILogger<SyslogListening> log)
{
    public SyslogOptions Options { get; } = options.Value.Syslog;

    public SyslogSenders Senders => senders;

    public SyslogIntake Intake => intake;

    public LogsTelemetry Telemetry => telemetry;

    public IntakeSlices Slices => slices;

    public TimeProvider Time => time;

    public ILogger Log => log;

    /// <summary>Zone of times that say none.</summary>
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(options.Value.Syslog.TimeZone);

    /// <summary>Connections of all listeners together.</summary>
    public SyslogConnections Connections { get; } = new(options.Value.Syslog.Connections, options.Value.Syslog.ConnectionsPerSender);
}
