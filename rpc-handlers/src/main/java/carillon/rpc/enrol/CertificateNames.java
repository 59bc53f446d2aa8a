package carillon.rpc.enrol;

import carillon.cwmp.DeviceId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the subject of a client certificate says, as far as it may name a device: each attribute's text, empty where it is
 * missing. One that names none is shared by many devices and proves nothing about any of them (CWMP-042).
 *
 * @param commonName CN
 * @param serialNumber the attribute serialNumber, not the certificate's number
 * @param unit OU
 * @param locality L
 * @param province ST
 */
public record CertificateNames(String commonName, String serialNumber, String unit, String locality, String province) {
    private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{12}");
    private static final Pattern SERIAL = Pattern.compile("\\w{4,32}");
    private static final Pattern UDI = Pattern.compile("PID:(\\S+) SN:(\\w{4,32})");
    private static final Pattern SEP = Pattern.compile("(\\S+)-SEP([0-9A-Fa-f]{12})");
    private static final Pattern OUI_FIRST = Pattern.compile("[0-9A-F]{6}-\\S+");

    /** The device that a certificate was made for. */
    public sealed interface Named {
        /** Whether it is this device. */
        boolean is(DeviceId device);

        /**
         * A Cisco phone, in either style of its manufacturing certificates.
         *
         * @param mac twelve upper-case digits
         */
        record Cisco(String product, String serial, String mac) implements Named {
            @Override
            public boolean is(DeviceId device) {
                // serial numbers are unique within the maker; what ties the DeviceId to the maker is the OUI of the MAC
                // or
                // the product's name, since phones of one maker have many OUIs and report one
                boolean maker = device.oui().equals(mac.substring(0, 6)) || isProduct(device.productClass());
                return maker && device.serial().equalsIgnoreCase(serial);
            }

            private boolean isProduct(String productClass) {
                return bare(productClass).equals(bare(product));
            }

            /** The certificate of a multiplatform phone may name the model alone. */
            private static String bare(String product) {
                String upper = product.toUpperCase(Locale.ROOT);
                return upper.endsWith("-3PCC") ? upper.substring(0, upper.length() - "-3PCC".length()) : upper;
            }
        }

        /** A CN of the forms that the standard recommends: OUI-SerialNumber or OUI-ProductClass-SerialNumber. */
        record Standard(String commonName) implements Named {
            @Override
            public boolean is(DeviceId device) {
                DeviceId withoutClass = new DeviceId(device.oui(), "", device.serial());
                // where a serial holds a dash, the unencoded form might name another device as well
                return commonName.equals(device.encoded())
                        || commonName.equals(withoutClass.encoded().replace("--", "-"))
                        || device.serial().indexOf('-') < 0 && commonName.equals(device.decoded());
            }
        }
    }

    /** The device that this names; empty where it names none. */
    public Optional<Named> device() {
        Matcher udi = UDI.matcher(serialNumber);
        Matcher sep = SEP.matcher(commonName);
        if (udi.matches() && sep.matches()) {
            return Optional.of(new Named.Cisco(udi.group(1), udi.group(2), upper(sep.group(2))));
        }
        if (MAC.matcher(province).matches() && SERIAL.matcher(locality).matches() && !unit.isBlank()) {
            return Optional.of(new Named.Cisco(unit.strip(), locality, upper(province)));
        }
        return OUI_FIRST.matcher(commonName).matches() ? Optional.of(new Named.Standard(commonName)) : Optional.empty();
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
