namespace Sigma.Notifier.Channels.SegwareAlarmEvent;

/// <summary>The body of POST v3/events/alarm.</summary>
internal sealed record AlarmEvents(IReadOnlyList<AlarmEvent> Events);

/// <summary>One injected event. It carries no <c>dateTime</c>: how Segware reads its zone is not known.</summary>
internal sealed record AlarmEvent(string Account, long CompanyId, string Code, string EventId, string Complement)
{
    public const int TextLimit = 255;

    public string Auxiliary => "0";
    public string Partition => "000";
    public string ProtocolType => "CONTACT_ID";
    public string EventLog => Complement;
}
