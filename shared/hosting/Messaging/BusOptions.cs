namespace Sigma.Hosting.Messaging;

/// <summary>How messages travel. Section <c>Bus</c>.</summary>
public sealed class BusOptions
{
    /// <summary><c>RabbitMq</c>, or <c>InMemory</c> when all services share one process.</summary>
    public BusTransport Transport { get; set; } = BusTransport.RabbitMq;
}

/// <summary>The transports there are.</summary>
public enum BusTransport
{
    /// <summary>A RabbitMQ broker.</summary>
    RabbitMq,

    /// <summary>Within the process; messages end with it, so the outbox keeps them until they are consumed.</summary>
    InMemory,
}
