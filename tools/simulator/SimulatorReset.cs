using Sigma.Simulator.ChatPro;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Outages;
using Sigma.Simulator.Probed;
using Sigma.Simulator.Received;
using Sigma.Simulator.Scenarios;
using Sigma.Simulator.Segware;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator;

internal sealed class SimulatorReset(
    SegwareStore store, ChatProPhone phone, IEnumerable<IVendor> vendors, FaultBoard faults, ReceivedLog received, ScenarioPlayer player,
    OutageBoard outages, ProbedSite probed)
{
    public void Run()
    {
        faults.Clear();
        received.Clear();
        phone.Clear();
        foreach (var vendor in vendors)
        {
            vendor.Clear();
        }

        outages.Clear();
        probed.Clear();
        store.Clear();
        player.Restart();
    }
}
