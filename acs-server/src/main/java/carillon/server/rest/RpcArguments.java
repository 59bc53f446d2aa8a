package carillon.server.rest;

/** What the API's description says of the arguments and results of each RPC. */
final class RpcArguments {
    /** The shapes, one paragraph a method. */
    static final String DESCRIPTION = """
        Arguments by method:

        - GetRPCMethods, Reboot, FactoryReset, GetQueuedTransfers, GetAllQueuedTransfers: `{}`
        - GetParameterNames: `{"path":"Device.","nextLevel":true}`; or `{"path":"Device.","discover":true,"depth":0}`:
          the tree is walked level by level and read, which is what refresh queues
        - GetParameterValues, GetParameterAttributes: `{"paths":[…]}`; values are asked in batches, a name that the
          phone refuses is told in the result, and one that its firmware is known not to have is asked only with
          `"force":true`
        - SetParameterValues: `{"values":[{"path":…,"value":…,"type":…,"hidden":true}],"parameterKey":…,"partial":false,"verify":false}`; all or
          nothing, in one call; unless partial is true: then it goes out in calls of cwmp.set.values, each object in
          one, and what the phone refuses is left out and the rest is set; with verify the values are read back, and what
          differs is set again, three times in all
        - SetParameterAttributes: `{"attributes":[{"path":…,"notification":2,"accessList":[…]}],"force":false}`; all or
          nothing, but for notifications that the phone refuses (9009): these are left out, told in the result as
          `{"set":[…],"refused":[{"path":…,"code":9009,"text":…}]}`, and not sent again to this firmware unless forced
        - AddObject, DeleteObject: `{"object":…,"parameterKey":…}`
        - Download: `{"fileType":…,"file":"its name in /files","delay":"0s"}`, where the address is made when it leaves, or
          `{"fileType":…,"url":…,"username":…,"password":…,"size":…,"delay":"0s"}`; with a file, "login":true has
          the phone log in where it fetches it; firmware with "expectedVersion" (that of the described file where it
          is left out) has succeeded when the phone reports that SoftwareVersion
        - Upload: `{"fileType":"2 Vendor Log File","url":…,"username":…,"password":…,"delay":"0s"}`; the phone
          sends the file to the address by HTTP PUT; without an address it comes to /files (with "login":true behind a login), and the result names it
        - ScheduleInform: `{"delay":"10m"}`
        - ScheduleDownload: `{"fileType":…,"url":…,"username":…,"password":…,"size":…,"targetFileName":…,
          "windows":[{"start":"2h","end":"5h","mode":"1 At Any Time","userMessage":…,"maxRetries":-1}]}`, or with
          "file" as a Download; one or
          two windows, counted from when the phone gets it; modes: 1 At Any Time, 2 Immediately, 3 When Idle,
          4 Confirmation Needed
        - CancelTransfer: `{"commandKey":"the id of the Download, Upload or ScheduleDownload"}`
        - ChangeDUState: `{"operations":[{"operation":"install","url":…,"uuid":…,"username":…,"password":…,
          "executionEnvironment":…},{"operation":"update","uuid":…,"version":…,"url":…,"username":…,
          "password":…},{"operation":"uninstall","uuid":…,"version":…,"executionEnvironment":…}]}`
        - SetVouchers: `{"vouchers":["base64",…]}`
        - GetOptions: `{"option":"name, empty for all"}`

        Results that are more than `{}` or `{"status":0}`: GetRPCMethods `{"methods":[…]}`; GetParameterNames
        `{"parameters":[{"path":…,"writable":…}]}`; GetParameterValues `{"values":[{"path":…,"value":…,"type":…}],
        "faults":[{"path":…,"code":…,"text":…}],"unanswered":[…]}` (the last two where there are any); a discovery
        `{"path":…,"found":…,"parameters":…,"read":…,"faults":[…]}`; a partial SetParameterValues
        `{"status":0,"set":[…],"refused":[{"path":…,"code":…,"text":…}]}`; one with verify
        `{"status":0,"rounds":1,"rewritten":[…],"unchecked":[…]}` (names whose values the phone writes another way,
        such as in upper case, and names that it does not tell);
        GetParameterAttributes `{"attributes":[{"path":…,"notification":…,"accessList":[…]}]}`; AddObject
        `{"instance":3,"status":0}`; GetQueuedTransfers, GetAllQueuedTransfers
        `{"transfers":[{"commandKey":…,"state":1}]}` (1 not started, 2 in progress, 3 completed; the second adds
        isDownload, fileType, fileSize, targetFileName); GetOptions `{"options":[{"option":…,"state":…}]}`;
        ChangeDUState `{"units":[{"uuid":…,"version":…,"state":"Installed","resolved":…,"fault":{…}}]}`.

        The answer's "warnings" are what the standard's data models have against values (type, length, range,
        enumeration, access), notifications, and rows that are added or deleted; phones differ from them, so the RPC is
        queued all the same.

        Reboot, FactoryReset, ScheduleInform, Download, Upload, ScheduleDownload and ChangeDUState end when the
        phone reports their end, in a later session. One that the phone refuses for a reason that may pass (9001,
        9002, 9004, 9010, 9011, 9014 to 9020) is queued again with its fault, its attempts counted and notBefore
        saying when; it can be cancelled meanwhile. "hidden" is said of a value that phones do not tell. A method, file type or notification that the device cannot
        know, as it spoke when it was last here, is refused with 409, and so are rows named by an alias (`Table.[name].`)
        or all at once (`Table.*.`, in reads) where it did not report AliasBasedAddressing or
        InstanceWildcardsSupported as true; one that its answer to GetRPCMethods does
        not name as well, unless "force" is true.
        """;

    private RpcArguments() {}
}
