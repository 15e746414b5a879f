using System.Net;

namespace Sigma.Gateway.Logs.Syslog;

/// <summary>How many connections are open, in all and of each address.</summary>
internal sealed class SyslogConnections(int most, int mostOfOne)
{
    readonly Lock _lock = new();
    readonly Dictionary<IPAddress, int> _bySender = [];
    int _all;

    /// <summary>Counts one in, or says that there are too many.</summary>
    public bool TryEnter(IPAddress sender)
    {
        lock (_lock)
        {
            var ofSender = _bySender.GetValueOrDefault(sender);
            if (_all >= most || ofSender >= mostOfOne)
                return false;
            _all++;
            _bySender[sender] = ofSender + 1;
            return true;
        }
    }

    /// <summary>Counts one out.</summary>
    public void Leave(IPAddress sender)
    {
        lock (_lock)
        {
            _all--;
            if (--_bySender[sender] == 0)
                _bySender.Remove(sender);
        }
    }
}
