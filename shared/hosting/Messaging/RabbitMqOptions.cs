using System.ComponentModel.DataAnnotations;

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

    /// <summary>Quorum queues, which survive the loss of a broker node; classic ones when false. A queue cannot change from one to the other.</summary>
    public bool QuorumQueues { get; set; } = true;
}
