using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;
using Sigma.Hosting.Tls;

namespace Sigma.Hosting.Messaging;

/// <summary>The broker. Section <c>RabbitMq</c>.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>Host name or address.</summary>
    [Required]
    public string Host { get; set; } = "localhost";

    /// <summary>AMQP port.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 5672;

    /// <summary>Virtual host.</summary>
    [Required]
    public string VirtualHost { get; set; } = "/";

    /// <summary>User.</summary>
    [Required]
    public string Username { get; set; } = "guest";

    /// <summary>The user's password; never logged.</summary>
    [Required]
    public string Password { get; set; } = "guest";

    /// <summary>TLS, usually on port 5671. The broker's certificate must be good, and there is no way to have it overlooked.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file of authorities that may have signed the broker's certificate, besides the system's.</summary>
    [AuthorityFile]
    public string TlsCaFile { get; set; } = "";

    /// <summary>The name the broker's certificate is made out to, where it is not <see cref="Host"/>.</summary>
    public string TlsServerName { get; set; } = "";

    /// <summary>
    /// How often either side shows that it is there. The broker ends a connection that was silent for two to three times as long, and what a frozen
    /// process or a lost machine was consuming goes to another. RabbitMQ's guide recommends 5 to 20 s.
    /// </summary>
    [Duration("00:00:05", "00:01:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A process exits, to be restarted, when its bus has not worked for so long although the broker does. By itself a bus comes back 1 to 30 s after
    /// the broker (measured with MassTransit 8.5.12).
    /// </summary>
    [Duration("00:00:05", "1.00:00:00")]
    public TimeSpan LeaveAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Quorum queues, which survive the loss of a broker node; classic ones when false. A queue cannot change from one to the other.
    /// </summary>
    public bool QuorumQueues { get; set; } = true;
}
