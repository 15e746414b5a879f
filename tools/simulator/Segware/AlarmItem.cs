namespace Sigma.Simulator.Segware;

/// <summary>One item of POST /v3/events/alarm, field by field as it was posted.</summary>
public sealed record AlarmItem
{
    /// <summary>The account code.</summary>
    public string? Account { get; init; }

    /// <summary>The company the account code belongs to.</summary>
    public long? CompanyId { get; init; }

    /// <summary>The event code; E702 is an excess of events.</summary>
    public string? Code { get; init; }

    /// <summary>The auxiliary field.</summary>
    public string? Auxiliary { get; init; }

    /// <summary>The partition.</summary>
    public string? Partition { get; init; }

    /// <summary>The id in the customer's catalogue.</summary>
    public string? EventId { get; init; }

    /// <summary>The protocol, such as CONTACT_ID.</summary>
    public string? ProtocolType { get; init; }

    /// <summary>Free text.</summary>
    public string? Complement { get; init; }

    /// <summary>Free text.</summary>
    public string? EventLog { get; init; }

    /// <summary>Whatever time was posted; better left out.</summary>
    public string? DateTime { get; init; }
}
